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
import { StoreMisconfigured, StoreUnavailable } from "../../store/store.js";
import { auditWriter } from "./audit.js";
import { Connection } from "./connection.js";
import { checkIntegrity, type DatabaseFacts, inspect } from "./inspect.js";
import { releaseFileHandles } from "./releaseFileHandles.js";
import { FileExists, putInPlace, tempFile } from "./wholeFile.js";

/** Why a backup cannot be restored. The message says what to do. */
export class RestoreRefused extends Error {
	override readonly name = "RestoreRefused";

	constructor(
		readonly code: "not_a_backup" | "in_use" | "exists",
		message: string,
	) {
		super(message);
	}
}

export interface RestoreOptions {
	/** Whether a database that is there may be replaced. */
	readonly replace: boolean;
	/** Called with what the backup holds, before the database that is there is touched; throws to stop. */
	admit(facts: DatabaseFacts): void;
	/** The audit entry of the restore, to be written into what is restored. */
	audit(facts: DatabaseFacts): AuditEntry;
}

/** Files SQLite keeps beside a database. Beside another one they would be taken for its own. */
const sideFiles = ["-wal", "-shm", "-journal"] as const;

/**
 * Puts a backup in the place of an embedded database. The backup is copied,
 * checked page by page, and only then given the database's name in one step: a
 * restore that is cut off has done nothing. Sessions and one-time links in it
 * are ended: who has been shut out since must not be let in again by one that
 * was open then. Throws `RestoreRefused`, and leaves no folder behind then.
 *
 * See docs/decisions/0044-restore-replaces-the-file.md
 */
export async function restoreDatabase(
	file: string,
	database: string,
	{ replace, admit, audit }: RestoreOptions,
): Promise<DatabaseFacts> {
	refuseNoBackup(file, database);
	if (fileExists(database) && !replace) throw new RestoreRefused("exists", existsText(database));
	const folder = dirname(database);
	const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
	dropDrafts(database);
	const temp = tempFile(database, "restoring");
	try {
		await copyFile(file, temp);
		chmodSync(temp, 0o600);
		const facts = await checked(file, temp);
		admit(facts);
		await endOpen(temp, audit(facts));
		await exchange(temp, database, replace);
		return facts;
	} finally {
		dropFiles(temp);
		// Where a database was put it stays: only empty ones go.
		if (made !== undefined) dropFolders(folder, made);
	}
}

/** Ends every session and one-time link, where the backup's schema has them. */
async function endOpen(temp: string, entry: AuditEntry): Promise<void> {
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

/** Removes a folder and those around it up to `made`, as long as they are empty. */
function dropFolders(folder: string, made: string): void {
	for (let each = folder; ; each = dirname(each)) {
		try {
			rmdirSync(each);
		} catch {
			// Somebody has put something there meanwhile: then it is theirs.
			return;
		}
		if (each === made) return;
	}
}

function existsText(database: string): string {
	return `${database} is there already. To replace it, with all that is in it, add --force.`;
}

function refuseNoBackup(file: string, database: string): void {
	const refuse = (why: string) => new RestoreRefused("not_a_backup", `${file} ${why}`);
	if (!fileExists(file)) throw refuse("is not there");
	if (!statSync(file).isFile()) throw refuse("is no file");
	if (fileExists(database) && realpathSync(file) === realpathSync(database)) {
		throw refuse("is the database itself: name a backup of it");
	}
	if (!startsAsDatabase(file)) throw refuse("is no backup of a Placelock database");
	// A database copied while a server ran: what is in the other file would be lost, or is half written.
	const beside = ["-wal", "-journal"].find((suffix) => sizeOf(file + suffix) > 0);
	if (beside !== undefined) {
		throw refuse(
			`has a file ${basename(file)}${beside} beside it: it is a database in use, or was copied from one. ` +
				"Make a backup of it with placelock backup, and restore that.",
		);
	}
}

function startsAsDatabase(file: string): boolean {
	const wanted = "SQLite format 3\0";
	const start = Buffer.alloc(wanted.length);
	const descriptor = openSync(file, "r");
	try {
		readSync(descriptor, start, 0, start.length, 0);
	} finally {
		closeSync(descriptor);
	}
	return start.toString("latin1") === wanted;
}

function sizeOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the draft holds; throws when it is not whole, or no database of this Placelock's. Messages name `file`. */
async function checked(file: string, temp: string): Promise<DatabaseFacts> {
	const refuse = (why: string) => new RestoreRefused("not_a_backup", why);
	const connection = new Connection(temp);
	try {
		const found = await checkIntegrity(connection);
		if (found.length > 0) throw refuse(`${file} is damaged: ${found.join("; ")}`);
		const facts = await inspect(connection, file);
		// A copy of a database in WAL mode: everything is to be in the one file.
		await connection.read(() => connection.exec("PRAGMA journal_mode = DELETE"));
		return facts;
	} catch (error) {
		if (error instanceof StoreMisconfigured) throw refuse(error.message);
		if (isDamage(error)) throw refuse(`${file} is damaged or cut off: it cannot be read as a database`);
		throw error;
	} finally {
		await connection.close();
		await releaseFileHandles();
	}
}

async function exchange(temp: string, database: string, replace: boolean): Promise<void> {
	if (!fileExists(database)) {
		dropSideFiles(database);
		try {
			putInPlace(temp, database, { replace: false });
		} catch (error) {
			// Somebody made one meanwhile.
			if (error instanceof FileExists) throw new RestoreRefused("exists", existsText(database));
			throw error;
		}
		return;
	}
	const old = await locked(database);
	try {
		if (old === undefined) dropSideFiles(database);
		// Windows renames nothing over a file that is open; there this fails if another opens it now.
		if (process.platform === "win32") await old?.close();
		putInPlace(temp, database, { replace });
	} finally {
		await old?.close();
	}
}

/**
 * The database that is there, locked against everybody, with nothing left in
 * files beside it; undefined when it is too damaged to be locked. Throws when
 * another process has it open: leaving WAL mode is what SQLite allows only to
 * whoever is alone. Whoever opens the old file between this and the exchange
 * must write to it before anything else, to enter WAL mode again, and SQLite
 * writes to no file that has lost its name.
 */
async function locked(database: string): Promise<Connection | undefined> {
	const connection = new Connection(database);
	const inUse = new RestoreRefused(
		"in_use",
		`${database} is in use: a server or a command has it open. Stop every server on it, then do this again.`,
	);
	try {
		await connection.read(() => connection.exec("PRAGMA journal_mode = DELETE"));
		await connection.read(() => connection.exec("BEGIN EXCLUSIVE"));
		// Somebody came between the two, and is in WAL mode again.
		if (fileExists(`${database}-wal`)) throw inUse;
		return connection;
	} catch (error) {
		await connection.close();
		if (isDamage(error)) return undefined;
		if (error instanceof StoreUnavailable && /SQLITE_(BUSY|LOCKED)/.test(error.message)) throw inUse;
		throw error;
	}
}

function isDamage(error: unknown): boolean {
	return error instanceof Error && /SQLITE_(NOTADB|CORRUPT)|not a database|malformed/.test(error.message);
}

/** What a restore that was cut off has left. */
function dropDrafts(database: string): void {
	const start = `${basename(database)}.restoring-`;
	for (const name of readdirSync(dirname(database))) {
		if (name.startsWith(start)) rmSync(join(dirname(database), name), { force: true });
	}
}

function dropFiles(database: string): void {
	rmSync(database, { force: true });
	dropSideFiles(database);
}

function dropSideFiles(database: string): void {
	for (const suffix of sideFiles) rmSync(database + suffix, { force: true });
}
