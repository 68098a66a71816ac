import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { moveIntoPlace, tempFile } from "./atomicFile.js";
import { Connection } from "./connection.js";
import { type DatabaseFacts, inspect } from "./inspect.js";
import { releaseFileHandles } from "./releaseFileHandles.js";

export interface Backup extends DatabaseFacts {
	readonly bytes: number;
}

/**
 * Copies an embedded database as it is at one moment into a file with mode 0600.
 * Servers and commands may keep reading and writing. The database is not
 * migrated, so that you can back it up before an upgrade. Throws `FileExists`
 * unless it may `replace` the file.
 */
export async function backupDatabase(
	database: string,
	file: string,
	options: { readonly replace: boolean },
): Promise<Backup> {
	const temp = tempFile(file, "part");
	try {
		// Created first, because SQLite would create it readable for others.
		closeSync(openSync(temp, "wx", 0o600));
		const connection = new Connection(database);
		try {
			// One read transaction, which blocks nobody in WAL mode.
			await connection.read(() => connection.prepare("VACUUM INTO ?").run(temp));
		} finally {
			await connection.close();
		}
		const facts = await factsOf(temp, database);
		await releaseFileHandles();
		moveIntoPlace(temp, file, options);
		return { ...facts, bytes: statSync(file).size };
	} finally {
		rmSync(temp, { force: true });
	}
}

/** What the copy holds. Messages name the database, because its damage is in the copy too. */
async function factsOf(copy: string, database: string): Promise<DatabaseFacts> {
	const connection = new Connection(copy);
	try {
		return await inspect(connection, database);
	} finally {
		await connection.close();
	}
}
