import { applyChanges } from "../../model/applyChanges.js";
import { workspaceDeletionObstacle } from "../../model/workspaceRules.js";
import type { WorkspaceStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { detachImportedTokens } from "./importedTokens.js";
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
	const keysInUse = connection.prepare(`
		SELECT (SELECT count(*) FROM keys WHERE workspace_id = workspaces.id AND revoked_at IS NULL) AS count
		FROM workspaces WHERE id = ?`);
	const deleteWorkspace = deletion(connection);

	return {
		create: (workspace, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				insert(workspace);
				writeAudit(audit);
				writeChange({ type: "workspace", id: workspace.id });
				idempotency.write(idempotencyWrite, workspace);
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
				const row = keysInUse.get(id) as { count: number } | undefined;
				const obstacle = workspaceDeletionObstacle(row?.count);
				if (obstacle !== undefined) return obstacle;
				deleteWorkspace(id);
				writeAudit(audit);
				writeChange({ type: "workspace", id });
				return "deleted";
			}),
		any: () => connection.read(() => anyRow.get() !== undefined),
	};
}

/** Deletes a workspace with everything in it. */
function deletion(connection: Connection): (id: string) => void {
	const steps = [
		"INSERT INTO changes (type, id) SELECT 'key', id FROM keys WHERE workspace_id = ?",
		"INSERT INTO changes (type, id, workspace_id) SELECT 'place', id, workspace_id FROM places WHERE workspace_id = ?",
		detachImportedTokens("SELECT id FROM keys WHERE workspace_id = ?"),
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
		for (const step of steps) step.run(id);
	};
}
