import {
	chmodSync,
	closeSync,
	mkdirSync,
	openSync,
	readdirSync,
	readSync,
	realpathSync,
	rmdirSync,
	rmSync,
	statSync,
} from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { AuditEntry } from "../../model/auditEntry.js";
import { fileExists } from "../../primitives/files.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../../store/store.js";
import { FileExists, moveIntoPlace, tempFile } from "./atomicFile.js";
import { auditWriter } from "./audit.js";
import { Connection } from "./connection.js";
import { checkIntegrity, type DatabaseFacts, inspect } from "./inspect.js";
import { releaseFileHandles } from "./releaseFileHandles.js";

/** Why a backup cannot be restored. The message says what to do. */
export class RestoreError extends Error {
	override readonly name = "RestoreRefused";

	constructor(
		readonly code: "not_a_backup" | "in_use" | "exists",
		message: string,
	) {
		super(message);
	}
}

export interface RestoreOptions {
	/** Whether an existing database may be replaced. */
	readonly replace: boolean;
	/** Called with what the backup holds before the existing database is touched; throws to stop. */
	validate(facts: DatabaseFacts): void;
	/** The audit entry of the restore, written into the restored database. */
	audit(facts: DatabaseFacts): AuditEntry;
}

/** Files that SQLite keeps beside a database. Left beside another database, they would be taken for its own. */
const sideFiles = ["-wal", "-shm", "-journal"] as const;

/**
 * Replaces an embedded database by a backup. The backup is copied, checked page
 * by page, and only then renamed to the database in one step: an interrupted
 * restore changes nothing. Ends the backup's sessions and one-time links: nobody
 * who lost access since may get in with one that was open then. Throws
 * `RestoreError`, and then leaves no new folder behind.
 *
 * See docs/decisions/0044-restore-replaces-the-file.md
 */
export async function restoreDatabase(
	file: string,
	database: string,
	{ replace, validate, audit }: RestoreOptions,
): Promise<DatabaseFacts> {
	assertBackup(file, database);
	if (fileExists(database) && !replace) throw new RestoreError("exists", existsText(database));
	const folder = dirname(database);
	const createdFolder = mkdirSync(folder, { recursive: true, mode: 0o700 });
	deleteTempFiles(database);
	const temp = tempFile(database, "restoring");
	try {
		await copyFile(file, temp);
		chmodSync(temp, 0o600);
		const facts = await checkCopy(file, temp);
		validate(facts);
		await endSessionsAndLinks(temp, audit(facts));
		await swapIn(temp, database, replace);
		return facts;
	} finally {
		deleteDatabase(temp);
		// A folder that now holds a database is not empty, so it stays.
		if (createdFolder !== undefined) deleteEmptyFolders(folder, createdFolder);
	}
}

/** Ends every session and one-time link, where the backup's schema has them. */
async function endSessionsAndLinks(temp: string, entry: AuditEntry): Promise<void> {
	const connection = new Connection(temp);
	try {
		await connection.write(() => {
			const found = connection.prepare(
				"SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('sessions', 'one_time_links')",
			);
			for (const { name } of found.all() as { name: string }[]) connection.exec(`DELETE FROM ${name}`);
			auditWriter(connection)(entry);
		});
	} finally {
		await connection.close();
		await releaseFileHandles();
	}
}

/** Deletes a folder and its parents up to `topmost`, as long as they are empty. */
function deleteEmptyFolders(folder: string, topmost: string): void {
	for (let each = folder; ; each = dirname(each)) {
		try {
			rmdirSync(each);
		} catch {
			// Not empty: somebody else uses it by now.
			return;
		}
		if (each === topmost) return;
	}
}

function existsText(database: string): string {
	return `${database} already exists. To replace it with everything in it, add --force.`;
}

function assertBackup(file: string, database: string): void {
	const invalid = (why: string) => new RestoreError("not_a_backup", `${file} ${why}`);
	if (!fileExists(file)) throw invalid("does not exist");
	if (!statSync(file).isFile()) throw invalid("is not a file");
	if (fileExists(database) && realpathSync(file) === realpathSync(database)) {
		throw invalid("is the database itself: name a backup of it");
	}
	if (!startsAsDatabase(file)) throw invalid("is not a backup of a Placelock database");
	// A database copied while a server ran: what the other file holds would be lost or is incomplete.
	const beside = ["-wal", "-journal"].find((suffix) => sizeOf(file + suffix) > 0);
	if (beside !== undefined) {
		throw invalid(
			`has a file ${basename(file)}${beside} beside it: it is a database in use, or was copied from one. ` +
				"Back it up with npx placelock backup and restore that backup.",
		);
	}
}

function startsAsDatabase(file: string): boolean {
	const magic = "SQLite format 3\0";
	const start = Buffer.alloc(magic.length);
	const descriptor = openSync(file, "r");
	try {
		readSync(descriptor, start, 0, start.length, 0);
	} finally {
		closeSync(descriptor);
	}
	return start.toString("latin1") === magic;
}

function sizeOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the copy holds; throws when it is damaged or not a database of this version. Messages name `file`. */
async function checkCopy(file: string, temp: string): Promise<DatabaseFacts> {
	const invalid = (why: string) => new RestoreError("not_a_backup", why);
	const connection = new Connection(temp);
	try {
		const found = await checkIntegrity(connection);
		if (found.length > 0) throw invalid(`${file} is damaged: ${found.join("; ")}`);
		const facts = await inspect(connection, file);
		// The copy is in WAL mode, as the database was: leaving it puts everything into the one file.
		await connection.read(() => connection.exec("PRAGMA journal_mode = DELETE"));
		return facts;
	} catch (error) {
		if (error instanceof StoreMisconfigured) throw invalid(error.message);
		if (error instanceof StoreDamaged)
			throw invalid(`${file} is damaged or truncated: it cannot be read as a database`);
		throw error;
	} finally {
		await connection.close();
		await releaseFileHandles();
	}
}

async function swapIn(temp: string, database: string, replace: boolean): Promise<void> {
	if (!fileExists(database)) {
		deleteSideFiles(database);
		try {
			moveIntoPlace(temp, database, { replace: false });
		} catch (error) {
			// Another process created one meanwhile.
			if (error instanceof FileExists) throw new RestoreError("exists", existsText(database));
			throw error;
		}
		return;
	}
	const old = await lockExclusively(database);
	try {
		if (old === undefined) deleteSideFiles(database);
		// Windows cannot rename over an open file; there this fails if another process opens it now.
		if (process.platform === "win32") await old?.close();
		moveIntoPlace(temp, database, { replace });
	} finally {
		await old?.close();
	}
}

/**
 * Locks the existing database exclusively, with nothing left in its side files;
 * undefined when it is too damaged to be locked. Throws when another process has
 * it open: SQLite leaves WAL mode only for the sole user. A process that opens
 * the old file between this and the swap must first write to it, to enter WAL
 * mode again, and SQLite does not write to a file that has lost its name.
 */
async function lockExclusively(database: string): Promise<Connection | undefined> {
	const connection = new Connection(database);
	const inUse = new RestoreError(
		"in_use",
		`${database} is in use: a server or a command has it open. Stop every server on it and try again.`,
	);
	try {
		await connection.read(() => connection.exec("PRAGMA journal_mode = DELETE"));
		await connection.read(() => connection.exec("BEGIN EXCLUSIVE"));
		// Another process opened it between the two and is in WAL mode again.
		if (fileExists(`${database}-wal`)) throw inUse;
		return connection;
	} catch (error) {
		await connection.close();
		if (error instanceof StoreDamaged) return undefined;
		if (error instanceof StoreUnavailable && error.code === "busy") throw inUse;
		throw error;
	}
}

/** Deletes what an interrupted restore left behind. */
function deleteTempFiles(database: string): void {
	const start = `${basename(database)}.restoring-`;
	for (const name of readdirSync(dirname(database))) {
		if (name.startsWith(start)) rmSync(join(dirname(database), name), { force: true });
	}
}

function deleteDatabase(database: string): void {
	rmSync(database, { force: true });
	deleteSideFiles(database);
}

function deleteSideFiles(database: string): void {
	for (const suffix of sideFiles) rmSync(database + suffix, { force: true });
}
