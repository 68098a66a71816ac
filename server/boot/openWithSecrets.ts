import type { Clock } from "../primitives/clock.js";
import { resolveServerSecrets } from "../secrets/resolveServerSecrets.js";
import type { SecretSettings } from "../secrets/serverSecret.js";
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
	const store = await openStore(settings, clock);
	try {
		return { store, secrets: await resolveServerSecrets(settings, store.secretFingerprints, report) };
	} catch (error) {
		await store.close();
		throw error;
	}
}
