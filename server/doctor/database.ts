import { resolve } from "node:path";
import { commandName } from "../boot/commandName.js";
import type { Settings } from "../boot/config.js";
import { pluralize } from "../isomorphic/pluralize.js";
import { assertReadable, fileExists, PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { databaseFile } from "../storage/openStore.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../store/store.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** Findings about the database, and what the other checks need from it. */
export interface DatabaseReport {
	readonly findings: readonly Finding[];
	/** The fingerprint of the secret it was last used with. */
	readonly secretFingerprint?: string;
	/** When its newest audit entry was written, in milliseconds since the epoch. */
	readonly lastChangeAt?: number;
	/** How far the database's clock is ahead of this one, in milliseconds. */
	readonly aheadMs?: number;
}

/** Checks the database without creating or migrating anything. */
export async function checkDatabase(settings: Settings): Promise<DatabaseReport> {
	try {
		return settings.mongodbUri === undefined
			? await checkEmbedded(resolve(databaseFile(settings.dataDir)))
			: await checkMongo(settings.mongodbUri);
	} catch (error) {
		return { findings: [databaseProblem(error, settings)] };
	}
}

async function checkEmbedded(file: string): Promise<DatabaseReport> {
	if (!fileExists(file)) return { findings: [ok("database", `${file} will be created on the first start`)] };
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
		// An empty write: the only way to find out whether the database is writable.
		await connection.write(() => {});
		const intact = ok(
			"database",
			`${file} is intact and writable: ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}`,
		);
		return { ...seen, findings: [intact, ...schemaFindings(schema, schemaVersion)] };
	} finally {
		await connection.close();
	}
}

const restoreFix = "Stop the server, keep a copy of the file, and restore the newest backup.";
/** The same for a file that may belong to another program. */
const otherFileFix =
	"Set PLACELOCK_DATA_DIR to the server's folder. If it is already set to it, stop the server, keep a copy of the file, " +
	"and restore the newest backup.";

async function checkMongo(uri: string): Promise<DatabaseReport> {
	const { connectToMongo } = await import("../storage/mongo/connect.js");
	const { readSchemaVersion, schemaVersion } = await import("../storage/mongo/migrations.js");
	const { mongoAudit } = await import("../storage/mongo/audit.js");
	const { mongoSecretFingerprints } = await import("../storage/mongo/secretFingerprints.js");
	const database = await connectToMongo(uri);
	try {
		const startedAt = Date.now();
		const hello = await database.run(() => database.client.db("admin").command({ hello: 1 }));
		const aheadMs =
			hello.localTime instanceof Date ? hello.localTime.getTime() - (startedAt + Date.now()) / 2 : undefined;
		const schema = await readSchemaVersion(database);
		const { records } = await mongoAudit(database).list({ limit: 1 });
		const name = database.db.databaseName;
		const status = schema === 0 ? "will be created on the first start" : "responds";
		return {
			findings: [
				ok("database", `the database "${name}" at ${database.hosts} ${status}`),
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
	if (sharded) return ok("replica set", "connected through mongos, which always uses replica sets");
	const members = Array.isArray(hello.hosts) ? hello.hosts.length : 1;
	const size = members === 1 ? "one member; if it is down, so is the database" : `${members} members`;
	return ok("replica set", `"${String(hello.setName)}", with ${size}`);
}

function schemaFindings(found: number, known: number): Finding[] {
	if (found === known) return [];
	if (found > known) {
		const fix = "Use the newer version, or restore a backup from before the upgrade.";
		return [
			problem(
				"database",
				`its schema is ${found}, from a newer Placelock; this version supports ${known}`,
				fix,
			),
		];
	}
	return [
		warning(
			"database",
			`its schema is ${found}; this Placelock uses ${known}`,
			`The next start migrates it, or run ${commandName()} migrate. Back up first.`,
		),
	];
}

function databaseProblem(error: unknown, { mongodbUri, dataDir }: Settings): Finding {
	if (error instanceof PathNotReadable) return problem("database", error.message, runAsServerHint);
	if (error instanceof StoreMisconfigured) {
		const check = error.code === "no_replica_set" ? "replica set" : "database";
		const fix = mongodbUri === undefined ? otherFileFix : "Follow the message, then run this again.";
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
			? "Check the owner and permissions of the file, and that the disk is not full."
			: "Start MongoDB. Check MONGODB_URI, the firewall, and your provider's IP access list.";
	return problem("database", error.message, fix);
}
