import { StoreMisconfigured } from "../../store/store.js";
import { Connection } from "./connection.js";
import { migrate, schemaVersion } from "./migrations.js";

/** What a database file holds, before any migration. */
export interface DatabaseFacts {
	/** The version of its schema. */
	readonly schema: number;
	readonly workspaces: number;
	readonly keys: number;
	/** When its newest audit entry was written, milliseconds since the epoch; absent: nothing has ever changed. */
	readonly lastChangeAt?: number;
	/** The fingerprint of the secret it is used with; absent: none yet. */
	readonly secretFingerprint?: string;
}

/**
 * Reads what a Placelock database holds. Throws `StoreMisconfigured`, with `name`
 * for the file, when it is not a Placelock database or has a schema that this
 * version does not know. Does not check every page: see `checkIntegrity`.
 */
export async function inspect(connection: Connection, name = connection.file): Promise<DatabaseFacts> {
	const invalid = (why: string) => new StoreMisconfigured(`${name} ${why}`);
	const number = (sql: string) =>
		connection.read(() => (connection.prepare(sql).get() as { value: number | null }).value ?? undefined);
	const schema = (await number("SELECT user_version AS value FROM pragma_user_version")) ?? 0;
	if (schema > schemaVersion) {
		throw invalid(
			`was written by a newer Placelock (schema ${schema}; this one knows ${schemaVersion}). Use that version.`,
		);
	}
	if (schema < 1) throw invalid("is not a Placelock database");
	const [found, expected] = [await tablesOf(connection), await tablesOfSchema(schema)];
	for (const [table, columns] of expected) {
		if (found.get(table) !== columns)
			throw invalid(`is not a Placelock database of schema ${schema}: the table ${table} differs`);
	}
	if (((await number(foreignParts)) ?? 0) > 0)
		throw invalid("has triggers or views, which Placelock never creates");
	const lastChangeAt = await number("SELECT max(at) AS value FROM audit");
	const secretFingerprint = expected.has("secret_mark") ? await readFingerprint(connection) : undefined;
	return {
		schema,
		workspaces: (await number("SELECT count(*) AS value FROM workspaces")) ?? 0,
		keys: (await number("SELECT count(*) AS value FROM keys")) ?? 0,
		...(lastChangeAt === undefined ? {} : { lastChangeAt }),
		...(secretFingerprint === undefined ? {} : { secretFingerprint }),
	};
}

/** The problems that SQLite's own check of every page finds; empty when the file is intact. */
export async function checkIntegrity(connection: Connection): Promise<string[]> {
	const found = await connection.read(
		() => connection.prepare("PRAGMA integrity_check(5)").all() as { integrity_check: string }[],
	);
	const danglingReferences = await connection.read(
		() => connection.prepare("PRAGMA foreign_key_check").all().length,
	);
	return [
		...found.map((row) => row.integrity_check).filter((text) => text !== "ok"),
		...(danglingReferences > 0 ? [`${danglingReferences} records refer to records that do not exist`] : []),
	];
}

const foreignParts = "SELECT count(*) AS value FROM sqlite_master WHERE type IN ('trigger', 'view')";

function readFingerprint(connection: Connection): Promise<string | undefined> {
	return connection.read(
		() => (connection.prepare("SELECT mark FROM secret_mark").get() as { mark: string } | undefined)?.mark,
	);
}

/** The columns of each table, in their order. */
async function tablesOf(connection: Connection): Promise<Map<string, string>> {
	const rows = await connection.read(
		() =>
			connection
				.prepare(
					`SELECT tables.name AS name, group_concat(columns.name ORDER BY columns.cid) AS columns
					FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
					WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
					GROUP BY tables.name`,
				)
				.all() as { name: string; columns: string }[],
	);
	return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** The tables of a schema version, from running its migrations. */
async function tablesOfSchema(version: number): Promise<Map<string, string>> {
	const model = new Connection(":memory:");
	try {
		await migrate(model, version);
		return await tablesOf(model);
	} finally {
		await model.close();
	}
}
