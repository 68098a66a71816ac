import { join } from "node:path";
import type { Clock } from "../primitives/clock.js";
import type { Store } from "../store/store.js";

export interface StoreSettings {
	/** `MONGODB_URI`; absent: the embedded database. */
	readonly mongodbUri?: string;
	/** `PLACELOCK_DATA_DIR`: where the embedded database lives. */
	readonly dataDir: string;
}

/** Where the embedded database is. */
export function databaseFile(dataDir: string): string {
	return join(dataDir, "placelock.db");
}

/**
 * Opens the store the settings choose, its schema brought up to date. One try:
 * waiting for a database is up to the caller. Only the chosen adapter is
 * loaded: MongoDB's driver alone would be a good part of the time a start takes.
 */
export async function openStore({ mongodbUri, dataDir }: StoreSettings, clock: Clock): Promise<Store> {
	if (mongodbUri === undefined) {
		const { openSqliteStore } = await import("./sqlite/openSqliteStore.js");
		return openSqliteStore({ file: databaseFile(dataDir), clock });
	}
	const { openMongoStore } = await import("./mongo/openMongoStore.js");
	return openMongoStore({ uri: mongodbUri, clock });
}
