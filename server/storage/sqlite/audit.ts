import type { AuditEntry, AuditFilter } from "../../model/auditEntry.js";
import type { AuditStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import type { Row } from "./rows.js";
import { pagesOf } from "./statements.js";

/** Writes the audit entry of a change, inside the change's transaction. */
export type WriteAudit = (entry: AuditEntry) => void;

export function auditWriter(connection: Connection): WriteAudit {
	const insert = connection.prepare("INSERT INTO audit (id, at, workspace_id, entry) VALUES (?, ?, ?, ?)");
	return (entry) => {
		insert.run(entry.id, entry.at, entry.workspaceId ?? null, JSON.stringify(entry));
	};
}

/** The SQL condition of each filter. Column names come from this code, never from input. */
const conditions = {
	workspaceId: "workspace_id = ?",
	actor: "actor = ?",
	keyId: "key_id = ?",
	action: "action = ?",
	targetId: "target_id = ?",
	from: "at >= ?",
	to: "at < ?",
} as const satisfies { readonly [F in keyof AuditFilter]-?: string };
const filterNames = Object.keys(conditions) as (keyof AuditFilter)[];

export function sqliteAudit(connection: Connection): AuditStore {
	const rows = { record: (row: Row) => JSON.parse(row.entry as string) as AuditEntry };
	const prepared = new Map<string, ReturnType<typeof pagesOf<AuditEntry>>>();
	/** There are few combinations of filters, so each is prepared once. */
	const pagesUnder = (filters: readonly (keyof AuditFilter)[]) => {
		const where = ["TRUE", ...filters.map((name) => conditions[name])].join(" AND ");
		const pages = prepared.get(where) ?? pagesOf(connection, { table: "audit", where, time: "at", rows });
		prepared.set(where, pages);
		return pages;
	};
	return {
		list: (query) =>
			connection.read(() => {
				const filters = filterNames.filter((name) => query[name] !== undefined);
				return pagesUnder(filters)(query, ...filters.map((name) => query[name] ?? ""));
			}),
	};
}
