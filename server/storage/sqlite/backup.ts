import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { moveIntoPlace, tempFile } from "./atomicFile.js";
import { Connection } from "./connection.js";
import { type DatabaseFacts, inspect } from "./inspect.js";
import { releaseFileHandles } from "./releaseFileHandles.js";

export interface Backup extends DatabaseFacts {
	readonly bytes: number;
}

/**
 * Copies an embedded database into a file of its own, mode 0600, as it is at
 * one moment: servers and commands may go on reading and writing. The database
 * is not brought up to date, so that the copy can be made before an upgrade.
 * Throws `FileExists` unless it may `replace` the file.
 */
export async function backupDatabase(
	database: string,
	file: string,
	options: { readonly replace: boolean },
): Promise<Backup> {
	const temp = tempFile(file, "part");
	try {
		// Made beforehand, because SQLite would make it readable for others.
		closeSync(openSync(temp, "wx", 0o600));
		const connection = new Connection(database);
		try {
			// One read transaction, which in WAL mode stands in nobody's way.
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

/** What is in the copy; what is wrong with it is wrong with the database. */
async function factsOf(copy: string, database: string): Promise<DatabaseFacts> {
	const connection = new Connection(copy);
	try {
		return await inspect(connection, database);
	} finally {
		await connection.close();
	}
}
