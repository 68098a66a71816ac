import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ways } from "./find.js";
import { withLock } from "./lock.js";
import type { MongodbProgram } from "./program.js";
import { type RunMongodb, readRunMongodb, runFolder, writeRunMongodb } from "./run.js";

/** A program that finds or starts the MongoDB of the jest run, unless another worker has done so. */
withLock(join(runFolder(), "mongodb.lock"), async () => {
	if (readRunMongodb() === undefined) writeRunMongodb(await findMongodb());
}).catch((error) => {
	console.error(error);
	process.exitCode = 1;
});

async function findMongodb(): Promise<RunMongodb> {
	const given = process.env.PLACELOCK_TEST_MONGODB_URI;
	if (given !== undefined && given !== "") return { uri: given, name: "PLACELOCK_TEST_MONGODB_URI" };
	const tried: string[] = [];
	for (const way of ways) {
		const program = await way();
		if (typeof program === "string") {
			tried.push(program);
			continue;
		}
		const kept = await startKeeper(program);
		if ("uri" in kept) return { uri: kept.uri, name: program.name, program, keeperPid: kept.pid };
		tried.push(`${program.name} did not start: ${kept.problem}`);
	}
	return { tried };
}

async function startKeeper(
	program: MongodbProgram,
): Promise<{ uri: string; pid: number } | { problem: string }> {
	const report = join(runFolder(), "keeper.json");
	rmSync(report, { force: true });
	const keeper = spawn(
		process.execPath,
		["-r", join(__dirname, "..", "typescript.cjs"), join(__dirname, "keeper.ts"), JSON.stringify(program)],
		{ detached: true, stdio: "ignore" },
	);
	keeper.unref();
	while (keeper.exitCode === null) {
		const found = readReport(report);
		if (found !== undefined) return found;
		await pause(20);
	}
	return readReport(report) ?? { problem: "its keeper ended" };
}

function readReport(file: string): { uri: string; pid: number } | { problem: string } | undefined {
	if (!existsSync(file)) return undefined;
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		// Half written.
		return undefined;
	}
}
