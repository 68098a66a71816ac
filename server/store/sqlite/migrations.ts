import { builtInOperatorId } from "../../accounts/account.js";
import { StoreMisconfigured } from "../store.js";
import type { Connection } from "./connection.js";

/**
 * The schema, one step a version. A released step is never edited: a change is
 * a new step. Times are milliseconds since the Unix epoch; lists and small
 * objects are JSON text.
 */
const steps: readonly string[] = [
	`
	CREATE TABLE workspaces (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL,
		status TEXT NOT NULL,
		place_proof TEXT,
		idle_days INTEGER,
		max_keys INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		updated_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX workspaces_by_creation ON workspaces (created_at, id);

	CREATE TABLE places (
		workspace_id TEXT NOT NULL REFERENCES workspaces,
		id TEXT NOT NULL,
		name TEXT,
		status TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		updated_at INTEGER NOT NULL,
		PRIMARY KEY (workspace_id, id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX places_by_creation ON places (workspace_id, created_at, id);

	CREATE TABLE accounts (
		id TEXT PRIMARY KEY,
		name TEXT NOT NULL,
		operator INTEGER NOT NULL,
		created_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE keys (
		id TEXT PRIMARY KEY,
		workspace_id TEXT REFERENCES workspaces,
		account_id TEXT REFERENCES accounts,
		kind TEXT NOT NULL,
		name TEXT NOT NULL,
		folded_name TEXT NOT NULL,
		description TEXT,
		scopes TEXT NOT NULL,
		place_ids TEXT NOT NULL,
		allowed_ips TEXT NOT NULL,
		rate_limit TEXT,
		quota TEXT,
		digest BLOB NOT NULL,
		previous_digest BLOB,
		previous_valid_until INTEGER,
		rotated_at INTEGER,
		expires_at INTEGER,
		disabled_at INTEGER,
		revoked_at INTEGER,
		created_at INTEGER NOT NULL,
		updated_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX keys_by_creation ON keys (workspace_id, created_at, id);
	CREATE UNIQUE INDEX key_names_of_workspaces ON keys (workspace_id, folded_name)
		WHERE revoked_at IS NULL AND workspace_id IS NOT NULL;
	CREATE UNIQUE INDEX key_names_of_accounts ON keys (account_id, folded_name)
		WHERE revoked_at IS NULL AND account_id IS NOT NULL;

	CREATE TABLE last_uses (
		key_id TEXT PRIMARY KEY,
		at INTEGER NOT NULL,
		place_id TEXT,
		address TEXT NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE TABLE usage_hours (
		key_id TEXT NOT NULL,
		hour INTEGER NOT NULL,
		verified INTEGER NOT NULL,
		refused INTEGER NOT NULL,
		PRIMARY KEY (key_id, hour)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE quota_counters (
		key_id TEXT NOT NULL,
		period_start INTEGER NOT NULL,
		used INTEGER NOT NULL,
		PRIMARY KEY (key_id, period_start)
	) STRICT, WITHOUT ROWID;

	CREATE TABLE audit (
		id TEXT PRIMARY KEY,
		at INTEGER NOT NULL,
		workspace_id TEXT,
		entry TEXT NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX audit_by_time ON audit (at, id);
	CREATE INDEX audit_by_workspace ON audit (workspace_id, at, id);

	-- AUTOINCREMENT: a number is never used twice, and there is none missing between two.
	CREATE TABLE changes (
		sequence INTEGER PRIMARY KEY AUTOINCREMENT,
		type TEXT NOT NULL,
		id TEXT NOT NULL,
		workspace_id TEXT
	) STRICT;

	INSERT INTO accounts (id, name, operator, created_at)
		VALUES ('${builtInOperatorId}', 'Operator', 1, CAST(unixepoch('subsec') * 1000 AS INTEGER));
	`,
	`
	CREATE TABLE secret_mark (
		single INTEGER PRIMARY KEY CHECK (single = 1),
		mark TEXT NOT NULL
	) STRICT;
	`,
];

export const schemaVersion = steps.length;

/**
 * Brings the file to the current schema. The version is read and written in
 * the transaction that migrates, so of two starters one waits and finds it done.
 */
export async function migrate(connection: Connection): Promise<void> {
	const version = readSchemaVersion(connection);
	await connection.write(() => {
		const found = version();
		refuseNewer(found, connection.file);
		for (const step of steps.slice(found)) connection.exec(step);
		if (found < schemaVersion) connection.exec(`PRAGMA user_version = ${schemaVersion}`);
	});
}

export function readSchemaVersion(connection: Connection): () => number {
	const statement = connection.prepare("PRAGMA user_version");
	return () => (statement.get() as { user_version: number }).user_version;
}

function refuseNewer(found: number, file: string): void {
	if (found <= schemaVersion) return;
	throw new StoreMisconfigured(
		`${file} was written by a newer Placelock (schema ${found}; this one knows ${schemaVersion}). ` +
			"Start that version, or restore the backup made before the upgrade.",
	);
}
