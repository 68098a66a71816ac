import { resolve } from "node:path";
import { readEnvironment, readSettings, type Settings } from "../../boot/config.js";
import { openWithSecrets } from "../../boot/openWithSecrets.js";
import type { Services } from "../../core/context.js";
import { systemClock } from "../../primitives/clock.js";
import { assertReadable, fileExists } from "../../primitives/files.js";
import { databaseFile } from "../../storage/openStore.js";
import { StoreMisconfigured } from "../../store/store.js";

/**
 * Runs a command on the store the settings choose. A server may be running on
 * the same store: it hears of what is changed here like of another instance's
 * changes.
 */
export async function withServices<T>(
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	return onStore(readSettings(readEnvironment()), command);
}

/**
 * The same for a command that has nothing to do in a new database: it says
 * where it looked, instead of making one in whatever folder it was run in.
 */
export async function withExistingServices<T>(
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	const settings = readSettings(readEnvironment());
	if (settings.mongodbUri === undefined) refuseMissing(settings.dataDir);
	return onStore(settings, command);
}

/** Throws `StoreMisconfigured` unless there is an embedded database, `PathNotReadable` where this user cannot know. */
export function refuseMissing(dataDir: string): void {
	const file = resolve(databaseFile(dataDir));
	if (fileExists(file)) return assertReadable(file);
	throw new StoreMisconfigured(
		`there is no database in ${resolve(dataDir)}. Run this in the server's folder, or with its ` +
			"PLACELOCK_DATA_DIR or MONGODB_URI. A first database is made by serve, migrate, quickstart or workspace create.",
	);
}

async function onStore<T>(
	settings: Settings,
	command: (services: Services, settings: Settings) => Promise<T>,
): Promise<T> {
	const { store, secrets } = await openWithSecrets(settings, systemClock);
	try {
		// This process holds no records in memory.
		const services: Services = { store, clock: systemClock, secrets, invalidate: () => {} };
		return await command(services, settings);
	} finally {
		await store.close();
	}
}
