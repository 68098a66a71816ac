import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { isAlive } from "./lock.js";
import { readRunMongodb, runFolder } from "./run.js";
import { withDatabase } from "./uri.js";

/** Stops the server that the run started, and deletes the run's folder. */
export async function endRun(): Promise<void> {
	const found = readRunMongodb();
	if (found !== undefined && "uri" in found) {
		if (found.keeperPid === undefined) await dropDatabases(found.uri);
		else await stopKeeper(found.keeperPid);
	}
	rmSync(runFolder(), { recursive: true, force: true });
}

async function stopKeeper(pid: number): Promise<void> {
	writeFileSync(join(runFolder(), "stop"), "");
	while (isAlive(pid)) await pause(20);
}

/** A server that existed before stays; only the databases of the tests are dropped. */
async function dropDatabases(uri: string): Promise<void> {
	const list = join(runFolder(), "databases");
	if (!existsSync(list)) return;
	for (const database of readFileSync(list, "utf8").trim().split("\n")) {
		const client = new MongoClient(withDatabase(uri, database));
		await client.db(database).dropDatabase();
		await client.close();
	}
}
