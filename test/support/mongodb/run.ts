import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cacheFolder.js";
import { isAlive } from "./lock.js";
import type { MongodbProgram } from "./program.js";

/** What a jest run found out about MongoDB, shared by its workers. */
export type RunMongodb =
	| {
			readonly uri: string;
			readonly name: string;
			/** Absent when the server existed before the tests. */
			readonly program?: MongodbProgram;
			readonly keeperPid?: number;
	  }
	| { readonly tried: readonly string[] };

const runsFolder = join(cacheFolder, "runs");
const variable = "PLACELOCK_TEST_RUN";

/** Creates the folder of this jest run and passes it to the workers, which inherit the environment. */
export function beginRun(): void {
	for (const name of listed(runsFolder)) {
		if (!isAlive(Number(name))) rmSync(join(runsFolder, name), { recursive: true, force: true });
	}
	const folder = join(runsFolder, String(process.pid));
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	process.env[variable] = folder;
}

function listed(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

export function runFolder(): string {
	const folder = process.env[variable];
	if (folder === undefined) throw new Error("no test run: jest's globalSetup has not run");
	return folder;
}

/** The process id of the jest run. */
export function runPid(): number {
	return Number(runFolder().split(/[\\/]/).at(-1));
}

export function readRunMongodb(): RunMongodb | undefined {
	try {
		return JSON.parse(readFileSync(join(runFolder(), "mongodb.json"), "utf8"));
	} catch {
		return undefined;
	}
}

export function writeRunMongodb(found: RunMongodb): void {
	writeFileSync(join(runFolder(), "mongodb.json"), JSON.stringify(found), { mode: 0o600 });
}
