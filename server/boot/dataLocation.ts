import { resolve } from "node:path";
import type { Settings } from "./config.js";

/** Which database a server or a command uses, as text. Never a connection string, which may hold a password. */
export function describeDataLocation({
	mongodbUri,
	dataDir,
}: Pick<Settings, "mongodbUri" | "dataDir">): string {
	return mongodbUri === undefined ? `Data: ${resolve(dataDir)} (embedded database)` : "Data: MongoDB";
}
