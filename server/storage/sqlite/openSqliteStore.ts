import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../primitives/clock.js";
import { statIfExists } from "../../primitives/files.js";
import { type Store, StoreMisconfigured, StoreUnavailable } from "../../store/store.js";
import { sqliteAccounts } from "./accounts.js";
import { sqliteActivity } from "./activity.js";
import { auditWriter, sqliteAudit } from "./audit.js";
import { changeWriter, SqliteChangeFeed } from "./changeFeed.js";
import { Connection } from "./connection.js";
import { sqliteDenials } from "./denials.js";
import { idempotencyRecordWriter, sqliteIdempotency } from "./idempotency.js";
import { sqliteImports } from "./imports.js";
import { sqliteKeys } from "./keys.js";
import { sqliteLeases } from "./leases.js";
import { sqliteMembers } from "./members.js";
import { migrate, readSchemaVersion, schemaVersion } from "./migrations.js";
import { sqliteOneTimeLinks } from "./oneTimeLinks.js";
import { sqlitePlaces } from "./places.js";
import { sqliteSecretFingerprints } from "./secretFingerprints.js";
import { sqliteSessions } from "./sessions.js";
import { sqliteUsage } from "./usage.js";
import { sqliteWorkspaces } from "./workspaces.js";

export interface SqliteStoreOptions {
	/** The database file; it and its folder are created when missing. Several processes may share it. */
	readonly file: string;
	readonly clock: Clock;
	/** How often to check for changes of other processes, in milliseconds. */
	readonly pollMs?: number;
	/** See `StoreSettings`. */
	readonly isKnown?: boolean;
}

/**
 * Opens the embedded database and migrates its schema. Rejects with
 * `StoreUnavailable` when another process locks it for too long, with
 * `StoreDamaged` when the file is damaged or not a database, and with
 * `StoreMisconfigured` when it cannot be used.
 */
export async function openSqliteStore({
	file,
	clock,
	pollMs = 100,
	isKnown = false,
}: SqliteStoreOptions): Promise<Store> {
	const hadContent = (statIfExists(file)?.size ?? 0) > 0;
	const connection = connect(resolve(file));
	try {
		await prepareConnection(connection);
		if (isKnown && hadContent && !(await hasTables(connection))) throw tablesLost(connection.file);
		const found = await migrate(connection);
		return storeOver(connection, clock, pollMs, found);
	} catch (error) {
		await connection.close();
		throw error;
	}
}

function connect(file: string): Connection {
	try {
		// Only the server's own user may read these files; SQLite gives its side files the same mode.
		mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
		closeSync(openSync(file, "a", 0o600));
		return new Connection(file);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StoreMisconfigured(
			`cannot write to the database file ${file}: ${reason}. Check PLACELOCK_DATA_DIR and its permissions.`,
		);
	}
}

/** What is left of the write-ahead log after it was moved into the file, at most. */
const logSizeBytes = 16 * 1024 * 1024;

/** For how long another process may be creating the tables, at the first start of several at once. */
const creationMs = 2_000;

async function hasTables(connection: Connection): Promise<boolean> {
	const version = readSchemaVersion(connection);
	for (const deadline = performance.now() + creationMs; performance.now() < deadline; await pause(50)) {
		if ((await connection.read(version)) > 0) return true;
	}
	return false;
}

/** Copying the file alone, while the write-ahead log held everything, leaves such a one. */
function tablesLost(file: string): StoreMisconfigured {
	return new StoreMisconfigured(
		`${file} is a database without tables, although it was used before. Its contents may be in ${file}-wal, ` +
			"which has to be copied with it. Copy both, or restore a backup. To start with an empty database, delete the file.",
	);
}

async function prepareConnection(connection: Connection): Promise<void> {
	await connection.read(() => {
		connection.exec("PRAGMA journal_mode = WAL");
		// FULL: an acknowledged write survives a power cut, not only a crash.
		connection.exec("PRAGMA synchronous = FULL");
		connection.exec("PRAGMA foreign_keys = ON");
		// The log gives the space of a large write back.
		connection.exec(`PRAGMA journal_size_limit = ${logSizeBytes}`);
	});
}

function storeOver(connection: Connection, clock: Clock, pollMs: number, found: number): Store {
	const writeAudit = auditWriter(connection);
	const writeChange = changeWriter(connection);
	const idempotency = idempotencyRecordWriter(connection);
	const version = readSchemaVersion(connection);
	const changes = new SqliteChangeFeed(connection, clock, pollMs);
	return {
		kind: "sqlite",
		schema: { found, current: schemaVersion },
		workspaces: sqliteWorkspaces(connection, writeAudit, writeChange, idempotency),
		places: sqlitePlaces(connection, writeAudit, writeChange),
		keys: sqliteKeys(connection, writeAudit, writeChange, idempotency),
		imports: sqliteImports(connection, writeAudit, writeChange),
		accounts: sqliteAccounts(connection, writeAudit),
		members: sqliteMembers(connection, writeAudit),
		sessions: sqliteSessions(connection, writeAudit),
		oneTimeLinks: sqliteOneTimeLinks(connection, writeAudit, idempotency),
		usage: sqliteUsage(connection),
		activity: sqliteActivity(connection),
		audit: sqliteAudit(connection),
		denials: sqliteDenials(connection),
		idempotency: sqliteIdempotency(connection),
		leases: sqliteLeases(connection),
		secretFingerprints: sqliteSecretFingerprints(connection),
		changes,
		ping: async () => {
			const found = await connection.read(version);
			if (found !== schemaVersion) {
				throw new StoreUnavailable(`the schema of ${connection.file} is ${found}, not ${schemaVersion}`);
			}
		},
		close: async () => {
			changes.close();
			await connection.emptyLog();
			await connection.close();
		},
	};
}
