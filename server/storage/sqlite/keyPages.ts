import { setImmediate as nextTurn } from "node:timers/promises";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import type { KeyFilter } from "../../model/keyFilter.js";
import { storedStatusFor } from "../../model/storedKeyStatus.js";
import type { KeyStore, PageRequest, Position } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { keyRows, type Row, type Value } from "./rows.js";
import { listStart } from "./statements.js";

/**
 * How many keys are searched in one step. Nothing else runs in this process
 * meanwhile, and a filter that matches nothing searches a whole workspace.
 */
const defaultSliceSize = 5_000;

/** A condition and the values of its `?`. Its text comes from this code, never from input. */
interface Condition {
	readonly sql: string;
	readonly values: readonly Value[];
}

/**
 * Pages of a workspace's keys. Equality filters select an index; the other
 * filters are evaluated on the index, so that only the page's keys are read.
 *
 * See docs/decisions/0040-key-search-in-slices.md
 */
export function keyPages(connection: Connection, sliceSize = defaultSliceSize): KeyStore["list"] {
	const prepared = new Map<string, ReturnType<Connection["prepare"]>>();
	// There are few combinations of filters, so each is prepared once.
	const all = (sql: string, values: readonly Value[]): Row[] => {
		const statement = prepared.get(sql) ?? connection.prepare(sql);
		prepared.set(sql, statement);
		return statement.all(...values) as Row[];
	};

	function lastOfSlice(range: Range, after: Position): Position | undefined {
		const [row] = all(
			`SELECT created_at, id FROM ${range.sql} AND (created_at, id) < (?, ?)
			ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ${sliceSize - 1}`,
			[...range.values, after.createdAt, after.id],
		);
		return row && { createdAt: row.created_at as number, id: row.id as string };
	}

	function matches(
		range: Range,
		filter: Condition,
		after: Position,
		last: Position,
		limit: number,
	): KeyRecord[] {
		const rows = all(
			`WITH page AS MATERIALIZED (
				SELECT id AS page_id FROM ${range.sql} AND (created_at, id) < (?, ?) AND (created_at, id) >= (?, ?)
				AND ${filter.sql} ORDER BY created_at DESC, id DESC LIMIT ?
			) SELECT keys.* FROM page CROSS JOIN keys ON id = page_id`,
			[...range.values, after.createdAt, after.id, last.createdAt, last.id, ...filter.values, limit],
		);
		return rows.map(keyRows.record);
	}

	return async (workspaceId, query) => {
		const range = rangeOf(workspaceId, query);
		const filter = filterOf(query);
		const found: KeyRecord[] = [];
		let after: Position | undefined = query.after ?? listStart;
		for (;;) {
			const start: Position = after;
			// One more than the limit, to know whether another page follows.
			const missing = query.limit + 1 - found.length;
			after = await connection.read(() => {
				const last = lastOfSlice(range, start);
				found.push(...matches(range, filter, start, last ?? listEnd, missing));
				return last;
			});
			if (after === undefined || found.length > query.limit) break;
			await nextTurn();
		}
		return { records: found.slice(0, query.limit), more: found.length > query.limit };
	};
}

/** Before any creation: the end of the last page. */
const listEnd: Position = { createdAt: -1, id: "" };

/** A table with an index and the part of it to search, to which ` AND …` can be appended. */
type Range = Condition;

function rangeOf(workspaceId: string, { kind, status }: PageRequest & KeyFilter): Range {
	const by = (index: string, sql = "", ...values: Value[]): Range => ({
		sql: `keys INDEXED BY ${index} WHERE workspace_id = ?${sql}`,
		values: [workspaceId, ...values],
	});
	if (status !== undefined) return by("keys_by_standing", " AND standing = ?", storedStatusFor(status.name));
	return kind === undefined ? by("keys_by_creation") : by("keys_by_kind", " AND kind = ?", kind);
}

function filterOf({ kind, status, search }: KeyFilter): Condition {
	const conditions: Condition[] = [{ sql: "TRUE", values: [] }];
	if (kind !== undefined) conditions.push({ sql: "kind = ?", values: [kind] });
	if (status?.name === "active")
		conditions.push({ sql: "(expires_at IS NULL OR expires_at > ?)", values: [status.at] });
	if (status?.name === "expired") conditions.push({ sql: "expires_at <= ?", values: [status.at] });
	if (search !== undefined) conditions.push(anyOf(searchConditions(search)));
	return {
		sql: conditions.map(({ sql }) => sql).join(" AND "),
		values: conditions.flatMap(({ values }) => values),
	};
}

function searchConditions({ part, foreignStart, ids }: NonNullable<KeyFilter["search"]>): Condition[] {
	return [
		{ sql: "instr(folded_name, ?) > 0", values: [foldName(part)] },
		{ sql: "instr(imported_prefix, ?) = 1", values: [foreignStart] },
		...ids.map(({ start, kind }) =>
			kind === undefined
				? { sql: "instr(id, ?) = 1", values: [start] }
				: { sql: "(kind = ? AND instr(id, ?) = 1)", values: [kind, start] },
		),
	];
}

function anyOf(conditions: readonly Condition[]): Condition {
	return {
		sql: `(${conditions.map(({ sql }) => sql).join(" OR ")})`,
		values: conditions.flatMap(({ values }) => values),
	};
}
