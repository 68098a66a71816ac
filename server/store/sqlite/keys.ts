import type { KeyRecord } from "../../keys/key.js";
import { applyChanges } from "../applyChanges.js";
import { foldName } from "../foldName.js";
import type { KeyStore } from "../store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import { keyRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqliteKeys(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
): KeyStore {
	const find = findOne(connection, "keys", keyRows, ["id"]);
	const insert = insertInto(connection, "keys", keyRows);
	const update = updateIn(connection, "keys", keyRows, ["id"]);
	const pages = pagesOf(connection, { table: "keys", where: "workspace_id = ?", rows: keyRows });
	const room = roomForKey(connection);
	const nameTaken = nameHolder(connection);
	const remove = ["keys WHERE id", "last_uses WHERE key_id", "usage_hours WHERE key_id"]
		.concat("quota_counters WHERE key_id")
		.map((rows) => connection.prepare(`DELETE FROM ${rows} = ?`));

	return {
		create: (key, audit) =>
			connection.write(() => {
				const found = key.workspaceId === undefined ? "room" : room(key.workspaceId);
				if (found === "workspace_missing") return found;
				if (nameTaken(key)) return "name_taken";
				if (found === "limit_reached") return found;
				insert(key);
				writeAudit(audit);
				writeChange({ type: "key", id: key.id });
				return "created";
			}),
		findById: (id) => connection.read(() => find(id)),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		change: (id, changes, audit, expectedDigest) =>
			connection.write(() => {
				const before = find(id);
				if (before === undefined) return "missing";
				if (before.revokedAt !== undefined) return "revoked";
				if (expectedDigest !== undefined && !before.digest.equals(expectedDigest)) return "outdated";
				const after = applyChanges(before, changes);
				if (after.revokedAt === undefined && nameTaken(after)) return "name_taken";
				update(after);
				writeAudit(audit);
				writeChange({ type: "key", id });
				return after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				const key = find(id);
				if (key === undefined) return "missing";
				if (key.revokedAt === undefined) return "not_revoked";
				for (const step of remove) step.run(id);
				writeAudit(audit);
				writeChange({ type: "key", id });
				return "deleted";
			}),
	};
}

/** Whether the workspace exists and may hold one more key. */
function roomForKey(connection: Connection) {
	const statement = connection.prepare(`
		SELECT max_keys, (SELECT count(*) FROM keys WHERE workspace_id = workspaces.id AND revoked_at IS NULL) AS held
		FROM workspaces WHERE id = ?`);
	return (workspaceId: string): "workspace_missing" | "limit_reached" | "room" => {
		const row = statement.get(workspaceId) as { max_keys: number; held: number } | undefined;
		if (row === undefined) return "workspace_missing";
		return row.held >= row.max_keys ? "limit_reached" : "room";
	};
}

/** Whether another key of the same owner that is not revoked has the name. */
function nameHolder(connection: Connection): (key: KeyRecord) => boolean {
	const held = (owner: string) =>
		connection.prepare(
			`SELECT 1 FROM keys WHERE ${owner} = ? AND folded_name = ? AND revoked_at IS NULL AND id <> ?`,
		);
	const inWorkspace = held("workspace_id");
	const inAccount = held("account_id");
	return (key) => {
		const [statement, owner] =
			key.workspaceId === undefined ? [inAccount, key.accountId] : [inWorkspace, key.workspaceId];
		return statement.get(owner ?? null, foldName(key.name), key.id) !== undefined;
	};
}
