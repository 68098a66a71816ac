import { MongoClient, MongoParseError, MongoServerError, MongoServerSelectionError } from "mongodb";
import { StoreMisconfigured } from "../../store/store.js";
import { MongoDatabase } from "./database.js";
import { translated } from "./failures.js";

/** The database when the URI does not name one. */
const defaultDatabase = "placelock";

/**
 * Connects and checks whether this server has what the store needs. Rejects with
 * `StoreUnavailable` when nothing responds, and with `StoreMisconfigured` when
 * waiting does not help.
 */
export async function connectToMongo(uri: string): Promise<MongoDatabase> {
	const client = clientFor(uri);
	const hosts = hostsOf(client);
	try {
		await client.connect();
		const hello = await client.db("admin").command({ hello: 1 });
		// A mongos answers `isdbgrid`: behind it there are always replica sets.
		const sharded = hello.msg === "isdbgrid";
		if (hello.setName === undefined && !sharded) throw standaloneServer(client, hosts);
		return new MongoDatabase(client, client.db(databaseOf(uri)), hosts, sharded);
	} catch (error) {
		await client.close();
		throw toConnectError(error, client, hosts);
	}
}

/** These options override those in the URI: the guarantees of the store depend on them. */
function clientFor(uri: string): MongoClient {
	try {
		return new MongoClient(uri, {
			appName: "placelock",
			serverSelectionTimeoutMS: 2_000,
			connectTimeoutMS: 2_000,
			socketTimeoutMS: 2_500,
			waitQueueTimeoutMS: 2_000,
			writeConcern: { w: "majority", journal: true },
			// A change of primary must not undo what was read.
			readConcern: { level: "majority" },
			readPreference: "primary",
			retryReads: true,
			retryWrites: true,
			promoteBuffers: true,
			ignoreUndefined: true,
		});
	} catch (error) {
		// The driver's message may contain the URI, and with it a password.
		if (!(error instanceof Error)) throw error;
		const reason = error instanceof MongoParseError ? "the driver cannot parse it" : error.name;
		throw new StoreMisconfigured(
			`MONGODB_URI is not a connection string (${reason}). Example: mongodb://127.0.0.1:27017/placelock`,
		);
	}
}

function hostsOf(client: MongoClient): string {
	const { srvHost, hosts } = client.options;
	return srvHost ?? hosts.map(String).join(", ");
}

/** Not the driver's own default, which is `test`. */
function databaseOf(uri: string): string {
	const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
	return name === undefined ? defaultDatabase : decodeURIComponent(name);
}

function initiateCommand(client: MongoClient): string {
	const port = client.options.hosts[0]?.port ?? 27_017;
	return `mongosh ${port === 27_017 ? "" : `--port ${port} `}--eval 'rs.initiate()'`;
}

function standaloneServer(client: MongoClient, hosts: string): StoreMisconfigured {
	return new StoreMisconfigured(
		`MongoDB at ${hosts} is a standalone server, and Placelock needs transactions and change streams, ` +
			"which only a replica set has; one node is enough. To turn it into a replica set, restart mongod with " +
			`--replSet rs0 and then run once: ${initiateCommand(client)}`,
		"no_replica_set",
	);
}

function toConnectError(error: unknown, client: MongoClient, hosts: string): unknown {
	if (error instanceof MongoServerSelectionError && isUninitiated(error)) {
		return new StoreMisconfigured(
			`MongoDB at ${hosts} was started with --replSet, but its replica set was never initiated. Run once: ${initiateCommand(client)}`,
			"no_replica_set",
		);
	}
	// 18: AuthenticationFailed, 13: Unauthorized, 8000: Atlas's word for either.
	if (error instanceof MongoServerError && [13, 18, 8000].includes(Number(error.code))) {
		return new StoreMisconfigured(
			`MongoDB at ${hosts} rejected the user or password in MONGODB_URI (${error.codeName ?? error.code})`,
		);
	}
	return translated(error, hosts);
}

/** The driver calls a member of a set without a configuration a ghost. */
function isUninitiated(error: MongoServerSelectionError): boolean {
	const servers = error.reason?.servers;
	return servers !== undefined && [...servers.values()].some((server) => server.type === "RSGhost");
}
