import { type Environment, readEnvFile } from "../boot/config.js";
import { checkAddress } from "./address.js";
import { checkClock } from "./clock.js";
import { checkConfiguration, configurationProblems } from "./configuration.js";
import { checkDatabase } from "./database.js";
import { checkDataDirectory } from "./dataDirectory.js";
import type { Finding } from "./finding.js";
import { checkProxies } from "./proxies.js";
import { checkSecret } from "./secret.js";

/** Checks everything a server depends on without changing anything. Yields findings as they are found. */
export async function* examine(environment: Environment): AsyncGenerator<Finding> {
	let file: Environment;
	try {
		file = readEnvFile();
	} catch (error) {
		yield* configurationProblems(error);
		return;
	}
	const { settings, findings } = checkConfiguration(environment, file);
	yield* findings;
	if (settings === undefined) return;
	if (settings.mongodbUri === undefined) yield* checkDataDirectory(settings.dataDir);
	const database = await checkDatabase(settings);
	yield* database.findings;
	const secret = checkSecret(settings, database.secretFingerprint);
	yield* secret.findings;
	const address = await checkAddress(settings, secret.secrets);
	yield* address.findings;
	yield* checkProxies(settings, { ...file, ...environment });
	yield* checkClock(Date.now(), {
		databaseAheadMs: database.aheadMs,
		publicAheadMs: address.publicAheadMs,
		lastChangeAt: database.lastChangeAt,
	});
}
