import type { Clock } from "../primitives/clock.js";
import { fileExists } from "../primitives/files.js";
import { resolveServerSecrets } from "../secrets/resolveServerSecrets.js";
import { type SecretSettings, secretFile } from "../secrets/serverSecret.js";
import type { ServerSecrets } from "../secrets/token.js";
import { openStore, type StoreSettings } from "../storage/openStore.js";
import type { Store } from "../store/store.js";

export interface OpenedStore {
	readonly store: Store;
	readonly secrets: ServerSecrets;
}

/** Opens the store with the secrets that match it; rejects with `SecretMismatch` if none do. Only a server passes `report`. */
export async function openWithSecrets(
	settings: StoreSettings & SecretSettings,
	clock: Clock,
	report?: (message: string) => void,
): Promise<OpenedStore> {
	const isKnown = settings.secret !== undefined || fileExists(secretFile(settings));
	const store = await openStore({ ...settings, isKnown }, clock);
	try {
		return { store, secrets: await resolveServerSecrets(settings, store.secretFingerprints, report) };
	} catch (error) {
		await store.close();
		throw error;
	}
}
