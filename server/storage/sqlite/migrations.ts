import { builtInOperatorId } from "../../model/account.js";
import { commandLineActor } from "../../model/auditEntry.js";
import { StoreMisconfigured } from "../../store/store.js";
import type { Connection } from "./connection.js";

/**
 * The schema, one step per version. Never edit a released step: every change is
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
	`
	-- What the audit can be narrowed by, out of the entry.
	ALTER TABLE audit ADD COLUMN actor TEXT
		GENERATED ALWAYS AS (coalesce(json_extract(entry, '$.actor.id'), '${commandLineActor}')) VIRTUAL;
	ALTER TABLE audit ADD COLUMN key_id TEXT GENERATED ALWAYS AS (json_extract(entry, '$.actor.keyId')) VIRTUAL;
	ALTER TABLE audit ADD COLUMN action TEXT GENERATED ALWAYS AS (json_extract(entry, '$.action')) VIRTUAL;
	ALTER TABLE audit ADD COLUMN target_id TEXT GENERATED ALWAYS AS (json_extract(entry, '$.targetId')) VIRTUAL;
	CREATE INDEX audit_by_actor ON audit (workspace_id, actor, at, id);
	CREATE INDEX audit_by_key ON audit (workspace_id, key_id, at, id) WHERE key_id IS NOT NULL;
	CREATE INDEX audit_by_action ON audit (workspace_id, action, at, id);
	CREATE INDEX audit_by_target ON audit (workspace_id, target_id, at, id);

	-- Sums of usage_hours, so that a month of a thousand keys is read in tens of milliseconds.
	CREATE TABLE usage_days (
		workspace_id TEXT NOT NULL,
		day INTEGER NOT NULL,
		key_id TEXT NOT NULL,
		verified INTEGER NOT NULL,
		refused INTEGER NOT NULL,
		PRIMARY KEY (workspace_id, day, key_id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE workspace_hours (
		workspace_id TEXT NOT NULL,
		hour INTEGER NOT NULL,
		verified INTEGER NOT NULL,
		refused INTEGER NOT NULL,
		PRIMARY KEY (workspace_id, hour)
	) STRICT, WITHOUT ROWID;
	INSERT INTO usage_days (workspace_id, day, key_id, verified, refused)
		SELECT coalesce(workspace_id, ''), hour - hour % 86400000, key_id, sum(verified), sum(refused)
		FROM usage_hours JOIN keys ON keys.id = key_id GROUP BY 1, 2, 3;
	INSERT INTO workspace_hours (workspace_id, hour, verified, refused)
		SELECT coalesce(workspace_id, ''), hour, sum(verified), sum(refused)
		FROM usage_hours JOIN keys ON keys.id = key_id GROUP BY 1, 2;
	-- To find what is old.
	CREATE INDEX usage_hours_by_hour ON usage_hours (hour);
	CREATE INDEX usage_days_by_day ON usage_days (day);
	CREATE INDEX workspace_hours_by_hour ON workspace_hours (hour);

	CREATE TABLE denials (
		id TEXT PRIMARY KEY,
		workspace_id TEXT NOT NULL,
		key_id TEXT NOT NULL,
		code TEXT NOT NULL,
		detail TEXT,
		place_id TEXT,
		proof TEXT,
		claimed_place_id TEXT,
		address TEXT NOT NULL,
		calls INTEGER NOT NULL,
		first_at INTEGER NOT NULL,
		last_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX denials_by_workspace ON denials (workspace_id, last_at, id);
	CREATE INDEX denials_by_time ON denials (last_at);

	CREATE TABLE kept_answers (
		id TEXT PRIMARY KEY,
		sealed BLOB NOT NULL,
		kept_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE INDEX kept_answers_by_end ON kept_answers (expires_at);

	CREATE TABLE leases (
		name TEXT PRIMARY KEY,
		holder TEXT NOT NULL,
		until INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	`,
	`
	ALTER TABLE accounts ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
	ALTER TABLE accounts ADD COLUMN password_hash TEXT;
	ALTER TABLE accounts ADD COLUMN disabled_at INTEGER;
	ALTER TABLE accounts ADD COLUMN last_sign_in_at INTEGER;
	-- Until now there was the built-in operator alone, whose name is ASCII.
	UPDATE accounts SET folded_name = lower(name);
	CREATE UNIQUE INDEX account_names ON accounts (folded_name);
	CREATE INDEX accounts_by_creation ON accounts (created_at, id);
	CREATE INDEX keys_of_accounts ON keys (account_id, created_at, id) WHERE account_id IS NOT NULL;

	CREATE TABLE members (
		workspace_id TEXT NOT NULL REFERENCES workspaces,
		account_id TEXT NOT NULL REFERENCES accounts,
		role TEXT NOT NULL,
		created_at INTEGER NOT NULL,
		PRIMARY KEY (workspace_id, account_id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX members_by_creation ON members (workspace_id, created_at, account_id);
	CREATE INDEX members_by_account ON members (account_id);

	CREATE TABLE sessions (
		id TEXT PRIMARY KEY,
		account_id TEXT NOT NULL REFERENCES accounts,
		digest BLOB NOT NULL,
		address TEXT NOT NULL,
		user_agent TEXT,
		created_at INTEGER NOT NULL,
		last_seen_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE UNIQUE INDEX sessions_by_digest ON sessions (digest);
	CREATE INDEX sessions_by_account ON sessions (account_id, created_at, id);
	CREATE INDEX sessions_by_end ON sessions (expires_at);
	CREATE INDEX sessions_by_last_use ON sessions (last_seen_at);

	CREATE TABLE one_time_links (
		id TEXT PRIMARY KEY,
		purpose TEXT NOT NULL,
		digest BLOB NOT NULL,
		workspace_id TEXT REFERENCES workspaces,
		role TEXT,
		note TEXT,
		made_by TEXT,
		made_with TEXT,
		account_id TEXT REFERENCES accounts,
		created_at INTEGER NOT NULL,
		expires_at INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE UNIQUE INDEX one_time_links_by_digest ON one_time_links (digest);
	CREATE INDEX one_time_links_by_workspace ON one_time_links (workspace_id, created_at, id)
		WHERE workspace_id IS NOT NULL;
	CREATE INDEX one_time_links_by_account ON one_time_links (account_id) WHERE account_id IS NOT NULL;
	CREATE INDEX one_time_links_by_end ON one_time_links (expires_at);
	`,
	`
	-- Minutes and hours of workspaces. latency: a JSON list of counts, one for each bucket.
	CREATE TABLE activity (
		workspace_id TEXT NOT NULL,
		span TEXT NOT NULL,
		start INTEGER NOT NULL,
		verified INTEGER NOT NULL,
		refused INTEGER NOT NULL,
		latency TEXT NOT NULL,
		last_at INTEGER NOT NULL,
		PRIMARY KEY (workspace_id, span, start)
	) STRICT, WITHOUT ROWID;
	-- To find what is old.
	CREATE INDEX activity_by_start ON activity (span, start);

	-- The last use of the token before the rotation at previous_rotated_at.
	ALTER TABLE last_uses ADD COLUMN previous_at INTEGER;
	ALTER TABLE last_uses ADD COLUMN previous_rotated_at INTEGER;

	ALTER TABLE denials ADD COLUMN key_name TEXT;
	ALTER TABLE denials ADD COLUMN scope TEXT;
	`,
	`
	-- Not generated: an index on a generated column does not spare reading what it is generated from.
	ALTER TABLE keys ADD COLUMN standing TEXT NOT NULL DEFAULT 'live';
	UPDATE keys SET standing = CASE WHEN revoked_at IS NULL THEN 'disabled' ELSE 'revoked' END
		WHERE revoked_at IS NOT NULL OR disabled_at IS NOT NULL;
	ALTER TABLE keys ADD COLUMN imported_prefix TEXT;
	-- Each holds all that keys are filtered by beside it, so that looking through it reads no keys.
	DROP INDEX keys_by_creation;
	CREATE INDEX keys_by_creation ON keys (workspace_id, created_at, id, kind, folded_name, imported_prefix);
	CREATE INDEX keys_by_kind ON keys (workspace_id, kind, created_at, id, folded_name, imported_prefix);
	CREATE INDEX keys_by_standing ON keys (
		workspace_id, standing, created_at, id, kind, expires_at, folded_name, imported_prefix
	);

	-- Without a key and a workspace: the key was deleted.
	CREATE TABLE imported_tokens (
		digest BLOB PRIMARY KEY,
		key_id TEXT,
		workspace_id TEXT
	) STRICT, WITHOUT ROWID;
	CREATE INDEX imported_tokens_by_key ON imported_tokens (key_id) WHERE key_id IS NOT NULL;
	CREATE TABLE imported_prefixes (prefix TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
	`,
];

export const schemaVersion = steps.length;

/**
 * Migrates the file to the current schema. The version is read and written in
 * the migrating transaction, so of two processes that start, one waits and finds
 * the work done. `upTo`: an older version, for tests of upgrades. Resolves with
 * the version that was found.
 */
export async function migrate(connection: Connection, upTo = schemaVersion): Promise<number> {
	const version = readSchemaVersion(connection);
	return connection.write(() => {
		const found = version();
		assertNotNewer(found, connection.file);
		for (const step of steps.slice(found, upTo)) connection.exec(step);
		if (found < upTo) connection.exec(`PRAGMA user_version = ${upTo}`);
		return found;
	});
}

export function readSchemaVersion(connection: Connection): () => number {
	const statement = connection.prepare("PRAGMA user_version");
	return () => (statement.get() as { user_version: number }).user_version;
}

function assertNotNewer(found: number, file: string): void {
	if (found <= schemaVersion) return;
	throw new StoreMisconfigured(
		`${file} was written by a newer Placelock (schema ${found}; this one knows ${schemaVersion}). ` +
			"Start that version, or restore the backup made before the upgrade.",
	);
}
