import { join } from "node:path";
import type { Clock } from "../clock.js";
import { openMongoStore } from "./mongo/openMongoStore.js";
import { openSqliteStore } from "./sqlite/openSqliteStore.js";
import type { Store } from "./store.js";

export interface StoreSettings {
	/** `MONGODB_URI`; absent: the embedded database. */
	readonly mongodbUri?: string;
	/** `PLACELOCK_DATA_DIR`: where the embedded database lives. */
	readonly dataDir: string;
}

/** Opens the store the settings choose, its schema brought up to date. One try: waiting for a database is up to the caller. */
export function openStore({ mongodbUri, dataDir }: StoreSettings, clock: Clock): Promise<Store> {
	return mongodbUri === undefined
		? openSqliteStore({ file: join(dataDir, "placelock.db"), clock })
		: openMongoStore({ uri: mongodbUri, clock });
}
