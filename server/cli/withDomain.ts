import { systemClock } from "../clock.js";
import { readEnvironment, readSettings, type Settings } from "../config.js";
import type { Domain } from "../domain.js";
import { openWithSecrets } from "../store/openWithSecrets.js";

/**
 * Runs a command on the store the settings choose. A server may be running on
 * the same store: it hears of what is changed here like of another instance's
 * changes.
 */
export async function withDomain<T>(command: (domain: Domain, settings: Settings) => Promise<T>): Promise<T> {
	const settings = readSettings(readEnvironment());
	const { store, secrets } = await openWithSecrets(settings, systemClock);
	try {
		// This process holds no records in memory.
		const domain: Domain = { store, clock: systemClock, secrets, forget: () => {} };
		return await command(domain, settings);
	} finally {
		await store.close();
	}
}
