import { join } from "node:path";
import type { Clock } from "../primitives/clock.js";
import type { Store } from "../store/store.js";

export interface StoreSettings {
	/** `MONGODB_URI`; absent: the embedded database. */
	readonly mongodbUri?: string;
	/** `PLACELOCK_DATA_DIR`: the folder of the embedded database. */
	readonly dataDir: string;
	/** The embedded database was used before: one without tables has lost them, and is not silently a new one. */
	readonly isKnown?: boolean;
}

/** The file of the embedded database. */
export function databaseFile(dataDir: string): string {
	return join(dataDir, "placelock.db");
}

/**
 * Opens the store that the settings choose and migrates its schema. Tries once;
 * the caller decides about retries. Only the chosen adapter is loaded: MongoDB's
 * driver alone would take a good part of the start-up time.
 */
export async function openStore(
	{ mongodbUri, dataDir, isKnown }: StoreSettings,
	clock: Clock,
): Promise<Store> {
	if (mongodbUri === undefined) {
		const { openSqliteStore } = await import("./sqlite/openSqliteStore.js");
		return openSqliteStore({ file: databaseFile(dataDir), clock, isKnown });
	}
	const { openMongoStore } = await import("./mongo/openMongoStore.js");
	return openMongoStore({ uri: mongodbUri, clock });
}
