import { resolve } from "node:path";
import type { Settings } from "./config.js";

/** Where the data is, for people: which database a server or a command writes to. Never a connection string. */
export function describeDataLocation({
	mongodbUri,
	dataDir,
}: Pick<Settings, "mongodbUri" | "dataDir">): string {
	return mongodbUri === undefined ? `Data: ${resolve(dataDir)} (embedded database)` : "Data: MongoDB";
}
