import { type Environment, readEnvFile } from "../boot/config.js";
import { lookAtAddress } from "./address.js";
import { lookAtClock } from "./clock.js";
import { configurationProblems, lookAtConfiguration } from "./configuration.js";
import { lookAtDatabase } from "./database.js";
import { lookAtDataDirectory } from "./dataDirectory.js";
import type { Finding } from "./finding.js";
import { lookAtProxies } from "./proxies.js";
import { lookAtSecret } from "./secret.js";

/** Looks at everything a server depends on, and changes nothing. Findings come as they are found. */
export async function* examine(environment: Environment): AsyncGenerator<Finding> {
	let file: Environment;
	try {
		file = readEnvFile();
	} catch (error) {
		yield* configurationProblems(error);
		return;
	}
	const { settings, findings } = lookAtConfiguration(environment, file);
	yield* findings;
	if (settings === undefined) return;
	if (settings.mongodbUri === undefined) yield* lookAtDataDirectory(settings.dataDir);
	const database = await lookAtDatabase(settings);
	yield* database.findings;
	const secret = lookAtSecret(settings, database.secretMark);
	yield* secret.findings;
	const address = await lookAtAddress(settings, secret.secrets);
	yield* address.findings;
	yield* lookAtProxies(settings, { ...file, ...environment });
	yield* lookAtClock(Date.now(), {
		databaseAheadMs: database.aheadMs,
		publicAheadMs: address.publicAheadMs,
		lastChangeAt: database.lastChangeAt,
	});
}
