import type { DenialStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { denialRows } from "./rows.js";
import { pagesOf } from "./statements.js";

/** The columns that say how the later of two refusals was. */
const circumstances = ["detail", "proof", "claimed_place_id", "key_name"];

export function sqliteDenials(connection: Connection): DenialStore {
	const { columns } = denialRows;
	const add = connection.prepare(`
		INSERT INTO denials (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
		ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
			first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
			${circumstances.map((name) => `${name} = iif(excluded.last_at >= last_at, excluded.${name}, ${name})`).join(", ")}`);
	const trim = connection.prepare(`
		DELETE FROM denials WHERE workspace_id = ?1 AND (last_at, id) <= (
			SELECT last_at, id FROM denials WHERE workspace_id = ?1 ORDER BY last_at DESC, id DESC LIMIT 1 OFFSET ?2)`);
	const drop = connection.prepare(
		"DELETE FROM denials WHERE id IN (SELECT id FROM denials WHERE last_at < ? LIMIT ?)",
	);
	const pages = pagesOf(connection, {
		table: "denials",
		where: "workspace_id = ?",
		time: "last_at",
		rows: denialRows,
	});
	return {
		add: (batch, keep) =>
			connection.write(() => {
				for (const denial of batch) add.run(...denialRows.values(denial));
				for (const id of new Set(batch.map((denial) => denial.workspaceId))) trim.run(id, keep);
			}),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		dropBefore: (before, limit) => connection.write(() => drop.run(before, limit).changes),
	};
}
