import { MongoClient, MongoParseError, MongoServerError, MongoServerSelectionError } from "mongodb";
import { StoreMisconfigured } from "../../store/store.js";
import { MongoDatabase } from "./database.js";
import { translated } from "./failures.js";

/** The database used when the URI names none. */
const defaultDatabase = "placelock";

/**
 * Connects and finds out whether this server can do what the store needs.
 * Rejects with `StoreUnavailable` when nobody answers, and with
 * `StoreMisconfigured` when waiting will not help.
 */
export async function connectToMongo(uri: string): Promise<MongoDatabase> {
	const client = clientFor(uri);
	const hosts = hostsOf(client);
	try {
		await client.connect();
		const hello = await client.db("admin").command({ hello: 1 });
		// A mongos answers `isdbgrid`: behind it there are always replica sets.
		const sharded = hello.msg === "isdbgrid";
		if (hello.setName === undefined && !sharded) throw loneServer(client, hosts);
		return new MongoDatabase(client, client.db(databaseOf(uri)), hosts, sharded);
	} catch (error) {
		await client.close();
		throw explained(error, client, hosts);
	}
}

/** Options given here win over the same ones in the URI: the store's promises rest on them. */
function clientFor(uri: string): MongoClient {
	try {
		return new MongoClient(uri, {
			appName: "placelock",
			serverSelectionTimeoutMS: 2_000,
			connectTimeoutMS: 2_000,
			socketTimeoutMS: 2_500,
			waitQueueTimeoutMS: 2_000,
			writeConcern: { w: "majority", journal: true },
			// What was read must not be undone by a change of primary.
			readConcern: { level: "majority" },
			readPreference: "primary",
			retryReads: true,
			retryWrites: true,
			promoteBuffers: true,
			ignoreUndefined: true,
		});
	} catch (error) {
		// The driver's message may quote the URI, and with it a password.
		if (!(error instanceof Error)) throw error;
		const reason = error instanceof MongoParseError ? "the driver cannot read it" : error.name;
		throw new StoreMisconfigured(
			`MONGODB_URI is not a connection string (${reason}). Example: mongodb://127.0.0.1:27017/placelock`,
		);
	}
}

function hostsOf(client: MongoClient): string {
	const { srvHost, hosts } = client.options;
	return srvHost ?? hosts.map(String).join(", ");
}

/** The driver's own default is `test`. */
function databaseOf(uri: string): string {
	const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
	return named === undefined ? defaultDatabase : decodeURIComponent(named);
}

function initiate(client: MongoClient): string {
	const port = client.options.hosts[0]?.port ?? 27_017;
	return `mongosh ${port === 27_017 ? "" : `--port ${port} `}--eval 'rs.initiate()'`;
}

function loneServer(client: MongoClient, hosts: string): StoreMisconfigured {
	return new StoreMisconfigured(
		`MongoDB at ${hosts} is a lone server, and Placelock needs transactions and change streams, ` +
			"which only a replica set has; one node is enough. To turn it into one, restart mongod with " +
			`--replSet rs0, and then once: ${initiate(client)}`,
		"no_replica_set",
	);
}

function explained(error: unknown, client: MongoClient, hosts: string): unknown {
	if (error instanceof MongoServerSelectionError && isUninitiated(error)) {
		return new StoreMisconfigured(
			`MongoDB at ${hosts} was started with --replSet, but its set was never made. Once: ${initiate(client)}`,
			"no_replica_set",
		);
	}
	// 18: AuthenticationFailed, 13: Unauthorized, 8000: Atlas's word for either.
	if (error instanceof MongoServerError && [13, 18, 8000].includes(Number(error.code))) {
		return new StoreMisconfigured(
			`MongoDB at ${hosts} refused the user or its password in MONGODB_URI (${error.codeName ?? error.code})`,
		);
	}
	return translated(error, hosts);
}

/** A member of a set that has no configuration yet is known to the driver as a ghost. */
function isUninitiated(error: MongoServerSelectionError): boolean {
	const servers = error.reason?.servers;
	return servers !== undefined && [...servers.values()].some((server) => server.type === "RSGhost");
}
