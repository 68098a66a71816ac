import { setImmediate as nextTurn } from "node:timers/promises";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import type { KeyFilter } from "../../model/keyFilter.js";
import { storedStateFor } from "../../model/storedKeyState.js";
import type { KeyStore, PageRequest, Position } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { keyRows, type Row, type Value } from "./rows.js";
import { beforeTheFirst } from "./statements.js";

/**
 * Keys looked through in one go. Nothing else runs in this process meanwhile,
 * and a filter that matches nothing goes through a whole workspace.
 */
const sliceOfKeys = 5_000;

/** A condition and the values of its `?`. The text is this code's, never input. */
interface Condition {
	readonly sql: string;
	readonly values: readonly Value[];
}

/**
 * Pages of a workspace's keys. What a filter says about equality leads into an
 * index; the rest is seen in the index, so that only keys of the page are read.
 *
 * See docs/decisions/0040-key-search-in-slices.md
 */
export function keyPages(connection: Connection, keysAtATime = sliceOfKeys): KeyStore["list"] {
	const known = new Map<string, ReturnType<Connection["prepare"]>>();
	// There are few combinations of filters, so each is prepared once.
	const all = (sql: string, values: readonly Value[]): Row[] => {
		const statement = known.get(sql) ?? connection.prepare(sql);
		known.set(sql, statement);
		return statement.all(...values) as Row[];
	};

	function lastOfSlice(range: Range, after: Position): Position | undefined {
		const [row] = all(
			`SELECT created_at, id FROM ${range.sql} AND (created_at, id) < (?, ?)
			ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ${keysAtATime - 1}`,
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

	return async (workspaceId, asked) => {
		const range = rangeOf(workspaceId, asked);
		const filter = filterOf(asked);
		const found: KeyRecord[] = [];
		let after: Position | undefined = asked.after ?? beforeTheFirst;
		for (;;) {
			const start: Position = after;
			// One more than asked for tells whether another page follows.
			const wanted = asked.limit + 1 - found.length;
			after = await connection.read(() => {
				const last = lastOfSlice(range, start);
				found.push(...matches(range, filter, start, last ?? beyondTheLast, wanted));
				return last;
			});
			if (after === undefined || found.length > asked.limit) break;
			await nextTurn();
		}
		return { records: found.slice(0, asked.limit), more: found.length > asked.limit };
	};
}

/** Earlier than any creation. */
const beyondTheLast: Position = { createdAt: -1, id: "" };

/** A table with its index and the part of it to look through, to which ` AND …` can be added. */
type Range = Condition;

function rangeOf(workspaceId: string, { kind, state }: PageRequest & KeyFilter): Range {
	const by = (index: string, sql = "", ...values: Value[]): Range => ({
		sql: `keys INDEXED BY ${index} WHERE workspace_id = ?${sql}`,
		values: [workspaceId, ...values],
	});
	if (state !== undefined) return by("keys_by_standing", " AND standing = ?", storedStateFor(state.name));
	return kind === undefined ? by("keys_by_creation") : by("keys_by_kind", " AND kind = ?", kind);
}

function filterOf({ kind, state, search }: KeyFilter): Condition {
	const conditions: Condition[] = [{ sql: "TRUE", values: [] }];
	if (kind !== undefined) conditions.push({ sql: "kind = ?", values: [kind] });
	if (state?.name === "active")
		conditions.push({ sql: "(expires_at IS NULL OR expires_at > ?)", values: [state.at] });
	if (state?.name === "expired") conditions.push({ sql: "expires_at <= ?", values: [state.at] });
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
