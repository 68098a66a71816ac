import { applyChanges } from "../../model/applyChanges.js";
import type { WorkspaceStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { endTokensOf } from "./importedTokens.js";
import { workspaceRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqliteWorkspaces(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
	idempotency: IdempotencyRecordWriter,
): WorkspaceStore {
	const find = findOne(connection, "workspaces", workspaceRows, ["id"]);
	const insert = insertInto(connection, "workspaces", workspaceRows);
	const update = updateIn(connection, "workspaces", workspaceRows, ["id"]);
	const pages = pagesOf(connection, { table: "workspaces", rows: workspaceRows });
	const anyRow = connection.prepare("SELECT 1 FROM workspaces LIMIT 1");
	const deleteWorkspace = deletion(connection);

	return {
		create: (workspace, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				insert(workspace);
				writeAudit(audit);
				writeChange({ type: "workspace", id: workspace.id });
				idempotency.keep(idempotencyWrite, workspace);
			}),
		findById: (id) => connection.read(() => find(id)),
		list: (page) => connection.read(() => pages(page)),
		change: (id, changes, audit) =>
			connection.write(() => {
				const before = find(id);
				if (before === undefined) return undefined;
				const after = applyChanges(before, changes);
				update(after);
				writeAudit(audit);
				writeChange({ type: "workspace", id });
				return after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				if (find(id) === undefined) return "missing";
				if (!deleteWorkspace(id)) return "has_keys";
				writeAudit(audit);
				writeChange({ type: "workspace", id });
				return "deleted";
			}),
		any: () => connection.read(() => anyRow.get() !== undefined),
	};
}

/** Deletes all that a workspace holds, and it; false, and nothing done, when a key is not revoked. */
function deletion(connection: Connection): (id: string) => boolean {
	const keyInUse = connection.prepare(
		"SELECT 1 FROM keys WHERE workspace_id = ? AND revoked_at IS NULL LIMIT 1",
	);
	const steps = [
		"INSERT INTO changes (type, id) SELECT 'key', id FROM keys WHERE workspace_id = ?",
		"INSERT INTO changes (type, id, workspace_id) SELECT 'place', id, workspace_id FROM places WHERE workspace_id = ?",
		endTokensOf("SELECT id FROM keys WHERE workspace_id = ?"),
		...["last_uses", "usage_hours", "quota_counters"].map(
			(table) => `DELETE FROM ${table} WHERE key_id IN (SELECT id FROM keys WHERE workspace_id = ?)`,
		),
		...["keys", "usage_days", "workspace_hours", "activity", "denials", "members", "one_time_links"].map(
			(table) => `DELETE FROM ${table} WHERE workspace_id = ?`,
		),
		"DELETE FROM places WHERE workspace_id = ?",
		"DELETE FROM workspaces WHERE id = ?",
	].map((sql) => connection.prepare(sql));
	return (id) => {
		if (keyInUse.get(id) !== undefined) return false;
		for (const step of steps) step.run(id);
		return true;
	};
}
