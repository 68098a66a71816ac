import type { Page, PageRequest } from "../../store/store.js";
import type { Connection } from "./connection.js";
import type { Mapping, Row, Value } from "./rows.js";

/** Writes a whole record. `table` and `key` come from this code, never from input. */
export function insertInto<T>(connection: Connection, table: string, rows: Mapping<T>): (record: T) => void {
	const placeholders = rows.columns.map(() => "?").join(", ");
	const statement = connection.prepare(
		`INSERT INTO ${table} (${rows.columns.join(", ")}) VALUES (${placeholders})`,
	);
	return (record) => {
		statement.run(...rows.values(record));
	};
}

/** Overwrites the record with the same values in the `key` columns. */
export function updateIn<T>(
	connection: Connection,
	table: string,
	rows: Mapping<T>,
	key: readonly string[],
): (record: T) => void {
	const set = rows.columns.map((column) => `${column} = ?`).join(", ");
	const where = key.map((column) => `${column} = ?`).join(" AND ");
	const statement = connection.prepare(`UPDATE ${table} SET ${set} WHERE ${where}`);
	return (record) => {
		const values = rows.values(record);
		statement.run(...values, ...key.map((column) => values[rows.columns.indexOf(column)]));
	};
}

/**
 * The record whose `key` columns have these values. Rows are read as lists:
 * naming every column takes the driver longer than finding the row.
 */
export function findOne<T>(
	connection: Connection,
	table: string,
	rows: Pick<Mapping<T>, "columns" | "recordOfList">,
	key: readonly string[],
): (...values: Value[]) => T | undefined {
	const where = key.map((column) => `${column} = ?`).join(" AND ");
	const statement = connection
		.prepare(`SELECT ${rows.columns.join(", ")} FROM ${table} WHERE ${where}`)
		.raw(true);
	return (...values) => {
		// As a list: the driver takes a lone Buffer for named parameters and ends the process.
		const row = statement.get(values) as Value[] | undefined;
		return row === undefined ? undefined : rows.recordOfList(row);
	};
}

/** After any creation: where the first page starts. */
export const listStart = { createdAt: Number.MAX_SAFE_INTEGER, id: "" };

/**
 * Pages of a table, newest first. `where` filters it, with one `?` for each of
 * the values; `id` is the column that positions contain beside the time.
 */
export function pagesOf<T>(
	connection: Connection,
	options: { table: string; where?: string; time?: string; id?: string; rows: Pick<Mapping<T>, "record"> },
): (page: PageRequest, ...values: Value[]) => Page<T> {
	const { table, where = "TRUE", time = "created_at", id: idColumn = "id", rows } = options;
	const statement = connection.prepare(
		`SELECT * FROM ${table} WHERE ${where} AND (${time}, ${idColumn}) < (?, ?)
		ORDER BY ${time} DESC, ${idColumn} DESC LIMIT ?`,
	);
	return (page, ...values) => {
		const { createdAt, id } = page.after ?? listStart;
		// One more than the limit, to know whether another page follows.
		const found = statement.all(...values, createdAt, id, page.limit + 1) as Row[];
		return { records: found.slice(0, page.limit).map(rows.record), more: found.length > page.limit };
	};
}
