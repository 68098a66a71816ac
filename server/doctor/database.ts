import { resolve } from "node:path";
import type { Settings } from "../boot/config.js";
import { pluralize } from "../isomorphic/pluralize.js";
import { assertReadable, fileExists, PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { databaseFile } from "../storage/openStore.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../store/store.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** What the other checks want to know of the database. */
export interface DatabaseSeen {
	readonly findings: readonly Finding[];
	/** The mark of the secret it was used with. */
	readonly secretFingerprint?: string;
	/** When its newest audit entry was written, milliseconds since the epoch. */
	readonly lastChangeAt?: number;
	/** How far the database's clock is ahead of this one, milliseconds. */
	readonly aheadMs?: number;
}

/** Looks at the database without changing it: nothing is made, and nothing migrated. */
export async function checkDatabase(settings: Settings): Promise<DatabaseSeen> {
	try {
		return settings.mongodbUri === undefined
			? await embedded(resolve(databaseFile(settings.dataDir)))
			: await mongodb(settings.mongodbUri);
	} catch (error) {
		return { findings: [databaseProblem(error, settings)] };
	}
}

async function embedded(file: string): Promise<DatabaseSeen> {
	if (!fileExists(file)) return { findings: [ok("database", `${file} is made on the first start`)] };
	assertReadable(file);
	const { Connection } = await import("../storage/sqlite/connection.js");
	const { checkIntegrity, inspect } = await import("../storage/sqlite/inspect.js");
	const { readSchemaVersion, schemaVersion } = await import("../storage/sqlite/migrations.js");
	const connection = new Connection(file);
	try {
		const found = await checkIntegrity(connection);
		if (found.length > 0) {
			return { findings: [problem("database", `${file} is damaged: ${found.join("; ")}`, restoreFix)] };
		}
		const version = await connection.read(() => readSchemaVersion(connection)());
		if (version > schemaVersion) return { findings: schemaFindings(version, schemaVersion) };
		const { schema, workspaces, keys, ...seen } = await inspect(connection);
		// That it can be written to is known only from trying: this writes nothing.
		await connection.write(() => {});
		const whole = ok(
			"database",
			`${file} is whole, and can be written to: ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}`,
		);
		return { ...seen, findings: [whole, ...schemaFindings(schema, schemaVersion)] };
	} finally {
		await connection.close();
	}
}

const restoreFix = "Stop the server, keep a copy of the file, and restore the newest backup.";
/** The same for what may be another program's file. */
const otherFileFix =
	"Set PLACELOCK_DATA_DIR to the server's folder. If it is that: stop the server, keep a copy of the file, " +
	"and restore the newest backup.";

async function mongodb(uri: string): Promise<DatabaseSeen> {
	const { connectToMongo } = await import("../storage/mongo/connect.js");
	const { readSchemaVersion, schemaVersion } = await import("../storage/mongo/migrations.js");
	const { mongoAudit } = await import("../storage/mongo/audit.js");
	const { mongoSecretFingerprints } = await import("../storage/mongo/secretFingerprints.js");
	const database = await connectToMongo(uri);
	try {
		const asked = Date.now();
		const hello = await database.run(() => database.client.db("admin").command({ hello: 1 }));
		const aheadMs =
			hello.localTime instanceof Date ? hello.localTime.getTime() - (asked + Date.now()) / 2 : undefined;
		const schema = await readSchemaVersion(database);
		const { records } = await mongoAudit(database).list({ limit: 1 });
		const name = database.db.databaseName;
		const answers = schema === 0 ? "is made on the first start" : "answers";
		return {
			findings: [
				ok("database", `the database "${name}" at ${database.hosts} ${answers}`),
				...(schema === 0 ? [] : schemaFindings(schema, schemaVersion)),
				replicaSetFinding(hello, database.sharded),
			],
			secretFingerprint: await mongoSecretFingerprints(database).current(),
			lastChangeAt: records[0]?.at,
			aheadMs,
		};
	} finally {
		await database.close();
	}
}

function replicaSetFinding(hello: { setName?: unknown; hosts?: unknown }, sharded: boolean): Finding {
	if (sharded) return ok("replica set", "reached through mongos, behind which there are always replica sets");
	const members = Array.isArray(hello.hosts) ? hello.hosts.length : 1;
	const many = members === 1 ? "one member: when it is away, so is the database" : `${members} members`;
	return ok("replica set", `"${String(hello.setName)}", with ${many}`);
}

function schemaFindings(found: number, known: number): Finding[] {
	if (found === known) return [];
	if (found > known) {
		const fix = "Use that version, or restore the backup made before the upgrade.";
		return [
			problem(
				"database",
				`its schema is ${found}, written by a newer Placelock; this one knows ${known}`,
				fix,
			),
		];
	}
	return [
		warning(
			"database",
			`its schema is ${found}, and this Placelock's is ${known}`,
			"The next start brings it up to date, as does placelock migrate. Make a backup first.",
		),
	];
}

function databaseProblem(error: unknown, { mongodbUri, dataDir }: Settings): Finding {
	if (error instanceof PathNotReadable) return problem("database", error.message, runAsServerHint);
	if (error instanceof StoreMisconfigured) {
		const check = error.code === "no_replica_set" ? "replica set" : "database";
		const fix = mongodbUri === undefined ? otherFileFix : "Do what it says, and look again.";
		return problem(check, error.message, fix);
	}
	if (error instanceof StoreDamaged) {
		const file = resolve(databaseFile(dataDir));
		return error.code === "not_a_database"
			? problem("database", `${file} is not a database`, otherFileFix)
			: problem("database", `${file} is damaged: it cannot be read`, restoreFix);
	}
	if (!(error instanceof StoreUnavailable)) throw error;
	const fix =
		mongodbUri === undefined
			? "Check who owns the file and may write it, and that the disk is not full."
			: "Start MongoDB; check MONGODB_URI, the firewall, and your provider's list of addresses that may connect.";
	return problem("database", error.message, fix);
}
