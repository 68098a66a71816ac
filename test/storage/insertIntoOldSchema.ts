import type { Connection } from "../../server/storage/sqlite/connection.js";
import type { Mapping } from "../../server/storage/sqlite/rows.js";

/** Writes a record into a table of an older schema: only the columns that it has. */
export function insertIntoOldSchema<T>(
	connection: Connection,
	table: string,
	rows: Mapping<T>,
	record: T,
): Promise<void> {
	return connection.write(() => {
		const found = connection.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[];
		const names = new Set(found.map(({ name }) => name));
		const columns = rows.columns.filter((column) => names.has(column));
		const values = rows.values(record).filter((_value, at) => names.has(rows.columns[at] ?? ""));
		const places = columns.map(() => "?").join(", ");
		connection.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`).run(...values);
	});
}
