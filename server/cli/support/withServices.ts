import { resolve } from "node:path";
import { readEnvironment, readSettings, type Settings } from "../../boot/config.js";
import { openWithSecrets } from "../../boot/openWithSecrets.js";
import type { Services } from "../../core/context.js";
import { systemClock } from "../../primitives/clock.js";
import { assertReadable, fileExists } from "../../primitives/files.js";
import { databaseFile } from "../../storage/openStore.js";
import { StoreMisconfigured } from "../../store/store.js";

/**
 * Runs a command on the configured store. A server may be running on the same
 * store: it learns of changes made here as it does of another instance's.
 */
export async function withServices<T>(
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	return runOnStore(readSettings(readEnvironment()), command);
}

/**
 * The same for a command that is useless on a new database. It fails with the
 * folder it looked in instead of creating a database there.
 */
export async function withExistingServices<T>(
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	const settings = readSettings(readEnvironment());
	if (settings.mongodbUri === undefined) assertDatabaseExists(settings.dataDir);
	return runOnStore(settings, command);
}

/** Throws `StoreMisconfigured` when there is no embedded database, and `PathNotReadable` when this user may not look. */
export function assertDatabaseExists(dataDir: string): void {
	const file = resolve(databaseFile(dataDir));
	if (fileExists(file)) return assertReadable(file);
	throw new StoreMisconfigured(
		`there is no database in ${resolve(dataDir)}. Run this in the server's folder, or set its ` +
			"PLACELOCK_DATA_DIR or MONGODB_URI. To create a database, run serve, migrate, quickstart or workspace create.",
	);
}

async function runOnStore<T>(
	settings: Settings,
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	const { store, secrets } = await openWithSecrets(settings, systemClock);
	try {
		// This process caches no records.
		const services: Services = { store, clock: systemClock, secrets, invalidate: () => {} };
		return await command(services, settings);
	} finally {
		await store.close();
	}
}
