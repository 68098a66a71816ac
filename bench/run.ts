import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ways } from "../test/support/mongodb/find.js";
import { startPrivateMongodb } from "../test/support/mongodb/privateServer.js";
import { type Contender, startFixed, startPlacelock } from "./contender.js";
import { fillKeys, issueKeys, placeId, serverSecrets } from "./keys.js";
import { loadFor, loadOnce, type Measured } from "./load.js";
import { timeSpent } from "./profile.js";
import { type Results, report } from "./report.js";

/**
 * `npm run bench`: verify, side by side with servers for comparison, in one
 * run. Every round measures all servers in turn, so that other load on the
 * machine affects all of them; the median round is reported.
 */
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const secondsPerRun = Number(process.env.BENCH_SECONDS ?? 5);
const keysInUse = 1_000;
const manyKeys = Number(process.env.BENCH_KEYS ?? 1_000_000);
const neverSeen = Math.min(50_000, manyKeys / 2);

const log = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "placelock-bench-"));
	const running: Contender[] = [];
	const cleanUp: Array<() => Promise<void>> = [];
	try {
		log(`Issuing ${keysInUse} keys, then ${manyKeys} more in a second database …`);
		const few = { dataDir: join(folder, "few") };
		const many = { dataDir: join(folder, "many") };
		const fewKeys = await issueKeys(few, keysInUse);
		const hotKeys = await issueKeys(many, keysInUse);
		const coldTokens = await fillKeys(many.dataDir, hotKeys.workspaceId, manyKeys - keysInUse, neverSeen);
		const secret = { PLACELOCK_SECRET: serverSecrets.current };
		const libsql = await startPlacelock({ ...secret, PLACELOCK_DATA_DIR: few.dataDir });
		const libsqlMany = await startPlacelock({ ...secret, PLACELOCK_DATA_DIR: many.dataDir });
		running.push(libsql, libsqlMany);
		const responseBody = await exampleResponse(libsql.port, fewKeys.tokens[0] ?? "");
		const bare = await startFixed("bare", responseBody);
		const express = await startFixed("plainExpress", responseBody);
		running.push(bare, express);
		const contenders: Array<[string, Contender, readonly string[]]> = [
			["bare node:http", bare, fewKeys.tokens],
			["plain Express 5", express, fewKeys.tokens],
			["Placelock on libsql", libsql, fewKeys.tokens],
			[`Placelock on libsql, ${manyKeys.toLocaleString("en")} keys`, libsqlMany, hotKeys.tokens],
		];
		const mongodb = await findMongodb(cleanUp);
		if (mongodb !== undefined) {
			const choice = { mongodbUri: mongodb.uri, dataDir: join(folder, "unused") };
			const mongoKeys = await issueKeys(choice, keysInUse);
			const server = await startPlacelock({ ...secret, MONGODB_URI: mongodb.uri });
			running.push(server);
			contenders.push([`Placelock on MongoDB (${mongodb.name})`, server, mongoKeys.tokens]);
		}

		const runs = new Map<string, Measured[]>(contenders.map(([name]) => [name, []]));
		for (const [name, server, tokens] of contenders) {
			log(`Warming up ${name} …`);
			await loadFor(server, tokens, 2);
		}
		for (let round = 1; round <= rounds; round++) {
			for (const [name, server, tokens] of contenders) {
				const measured = await loadFor(server, tokens, secondsPerRun);
				runs.get(name)?.push(measured);
				log(`Round ${round}: ${name}: ${Math.round(measured.requestsPerSecond)} requests a second`);
			}
		}
		const firstSight = await loadOnce(libsqlMany, coldTokens);
		log("Profiling …");
		const profiled = async (name: string, start: (options: readonly string[]) => Promise<Contender>) => {
			const into = join(folder, `profile-${name}`);
			const server = await start(["--cpu-prof", `--cpu-prof-dir=${into}`, "--cpu-prof-interval=250"]);
			await loadFor(server, fewKeys.tokens, secondsPerRun * 2);
			await server.stop();
			return timeSpent(into);
		};
		const profiles = {
			"bare node:http": await profiled("bare", (options) => startFixed("bare", responseBody, options)),
			"Placelock on libsql": await profiled("placelock", (options) =>
				startPlacelock({ ...secret, PLACELOCK_DATA_DIR: few.dataDir }, options),
			),
		};
		const results: Results = { runs, firstSight, rounds, secondsPerRun, manyKeys, neverSeen, profiles };
		const text = report(results);
		writeFileSync(join(__dirname, "results.md"), text);
		log(`\n${text}\nWritten to bench/results.md.`);
	} finally {
		await Promise.all(running.map((contender) => contender.stop()));
		for (const step of cleanUp) await step();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The response of a verification, for the other servers to send as many bytes. */
async function exampleResponse(port: number, token: string): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${port}/v1/verify`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "roblox-id": placeId, "content-type": "application/json" },
		body: "{}",
	});
	if (!response.ok) throw new Error(`The first verification got status ${response.status}.`);
	return response.text();
}

async function findMongodb(
	cleanUp: Array<() => Promise<void>>,
): Promise<{ uri: string; name: string } | undefined> {
	const given = process.env.PLACELOCK_TEST_MONGODB_URI;
	if (given) return { uri: given, name: "PLACELOCK_TEST_MONGODB_URI" };
	for (const way of ways) {
		const program = await way();
		if (typeof program === "string") continue;
		const server = await startPrivateMongodb(program);
		cleanUp.push(() => server.remove());
		return { uri: server.uri("placelock_bench"), name: program.name };
	}
	log("No MongoDB found: that row is left out.");
	return undefined;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
	process.exitCode = 1;
});
