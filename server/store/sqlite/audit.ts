import type { AuditEntry } from "../../audit/auditEntry.js";
import type { AuditStore } from "../store.js";
import type { Connection } from "./connection.js";
import type { Row } from "./rows.js";
import { pagesOf } from "./statements.js";

/** Writes the entry of a change, inside the change's transaction. */
export type WriteAudit = (entry: AuditEntry) => void;

export function auditWriter(connection: Connection): WriteAudit {
	const insert = connection.prepare("INSERT INTO audit (id, at, workspace_id, entry) VALUES (?, ?, ?, ?)");
	return (entry) => {
		insert.run(entry.id, entry.at, entry.workspaceId ?? null, JSON.stringify(entry));
	};
}

export function sqliteAudit(connection: Connection): AuditStore {
	const rows = { record: (row: Row) => JSON.parse(row.entry as string) as AuditEntry };
	const ofAll = pagesOf(connection, { table: "audit", time: "at", rows });
	const ofWorkspace = pagesOf(connection, {
		table: "audit",
		where: "workspace_id = ?",
		time: "at",
		rows,
	});
	return {
		list: ({ workspaceId, ...page }) =>
			connection.read(() => (workspaceId === undefined ? ofAll(page) : ofWorkspace(page, workspaceId))),
	};
}
