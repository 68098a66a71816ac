import type { Clock } from "../../clock.js";
import type { Store } from "../store.js";
import { mongoAccounts } from "./accounts.js";
import { mongoAudit } from "./audit.js";
import { MongoChangeFeed } from "./changeFeed.js";
import { connectToMongo } from "./connect.js";
import { mongoKeys } from "./keys.js";
import { migrate, ping } from "./migrations.js";
import { mongoPlaces } from "./places.js";
import { mongoSecretMarks } from "./secretMarks.js";
import { mongoUsage } from "./usage.js";
import { mongoWorkspaces } from "./workspaces.js";

export interface MongoStoreOptions {
	/** A MongoDB connection string. Its database, or `placelock` when it names none, is used. */
	readonly uri: string;
	readonly clock: Clock;
}

/**
 * Connects to a MongoDB replica set (or mongos) and brings its schema up to
 * date. Rejects with `StoreUnavailable` when it does not answer within a few
 * seconds, and with `StoreMisconfigured` when it is not one that can be used.
 */
export async function openMongoStore({ uri, clock }: MongoStoreOptions): Promise<Store> {
	const database = await connectToMongo(uri);
	try {
		await migrate(database, clock);
	} catch (error) {
		await database.close();
		throw error;
	}
	const changes = new MongoChangeFeed(database, clock);
	return {
		kind: "mongodb",
		workspaces: mongoWorkspaces(database),
		places: mongoPlaces(database),
		keys: mongoKeys(database),
		accounts: mongoAccounts(database),
		usage: mongoUsage(database),
		audit: mongoAudit(database),
		secretMarks: mongoSecretMarks(database),
		changes,
		ping: () => ping(database),
		close: async () => {
			await changes.close();
			await database.close();
		},
	};
}
