import { mergeDenials } from "../../model/denial.js";
import type { DenialStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { denialRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqliteDenials(connection: Connection): DenialStore {
	const find = findOne(connection, "denials", denialRows, ["id"]);
	const insert = insertInto(connection, "denials", denialRows);
	const update = updateIn(connection, "denials", denialRows, ["id"]);
	const trim = connection.prepare(`
		DELETE FROM denials WHERE workspace_id = ?1 AND (last_at, id) <= (
			SELECT last_at, id FROM denials WHERE workspace_id = ?1 ORDER BY last_at DESC, id DESC LIMIT 1 OFFSET ?2)`);
	const deleteBefore = connection.prepare(
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
				for (const denial of batch) {
					const known = find(denial.id);
					if (known === undefined) insert(denial);
					else update(mergeDenials(known, denial));
				}
				for (const id of new Set(batch.map((denial) => denial.workspaceId))) trim.run(id, keep);
			}),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		deleteBefore: (before, limit) => connection.write(() => deleteBefore.run(before, limit).changes),
	};
}
