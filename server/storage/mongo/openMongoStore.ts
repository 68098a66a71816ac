import type { Clock } from "../../primitives/clock.js";
import type { Store } from "../../store/store.js";
import { mongoAccounts } from "./accounts.js";
import { mongoActivity } from "./activity.js";
import { mongoAudit } from "./audit.js";
import { MongoChangeFeed } from "./changeFeed.js";
import { connectToMongo } from "./connect.js";
import { mongoDenials } from "./denials.js";
import { mongoIdempotency } from "./idempotency.js";
import { mongoImports } from "./imports.js";
import { mongoKeys } from "./keys.js";
import { mongoLeases } from "./leases.js";
import { mongoMembers } from "./members.js";
import { migrate, ping, schemaVersion } from "./migrations.js";
import { mongoOneTimeLinks } from "./oneTimeLinks.js";
import { mongoPlaces } from "./places.js";
import { mongoSecretFingerprints } from "./secretFingerprints.js";
import { mongoSessions } from "./sessions.js";
import { mongoUsage } from "./usage.js";
import { mongoWorkspaces } from "./workspaces.js";

export interface MongoStoreOptions {
	/** A MongoDB connection string. Without a database in it, `placelock` is used. */
	readonly uri: string;
	readonly clock: Clock;
}

/**
 * Connects to a MongoDB replica set (or mongos) and migrates its schema. Rejects
 * with `StoreUnavailable` when it does not respond within a few seconds, and with
 * `StoreMisconfigured` when it cannot be used.
 */
export async function openMongoStore({ uri, clock }: MongoStoreOptions): Promise<Store> {
	const database = await connectToMongo(uri);
	let found: number;
	try {
		found = await migrate(database, clock);
	} catch (error) {
		await database.close();
		throw error;
	}
	const changes = new MongoChangeFeed(database, clock);
	return {
		kind: "mongodb",
		schema: { found, current: schemaVersion },
		workspaces: mongoWorkspaces(database),
		places: mongoPlaces(database),
		keys: mongoKeys(database),
		imports: mongoImports(database),
		accounts: mongoAccounts(database),
		members: mongoMembers(database),
		sessions: mongoSessions(database),
		oneTimeLinks: mongoOneTimeLinks(database),
		usage: mongoUsage(database),
		activity: mongoActivity(database),
		audit: mongoAudit(database),
		denials: mongoDenials(database),
		idempotency: mongoIdempotency(database),
		leases: mongoLeases(database),
		secretFingerprints: mongoSecretFingerprints(database),
		changes,
		ping: () => ping(database),
		close: async () => {
			await changes.close();
			await database.close();
		},
	};
}
