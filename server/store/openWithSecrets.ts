import type { Clock } from "../clock.js";
import { agreedSecrets } from "../keys/agreedSecrets.js";
import type { SecretSettings } from "../keys/serverSecret.js";
import type { ServerSecrets } from "../keys/token.js";
import { openStore, type StoreSettings } from "./openStore.js";
import type { Store } from "./store.js";

export interface OpenedStore {
	readonly store: Store;
	readonly secrets: ServerSecrets;
}

/** Opens the store with the secrets that fit it. `tell` is a server's. Rejects with `SecretMismatch` when none do. */
export async function openWithSecrets(
	settings: StoreSettings & SecretSettings,
	clock: Clock,
	tell?: (message: string) => void,
): Promise<OpenedStore> {
	const store = await openStore(settings, clock);
	try {
		return { store, secrets: await agreedSecrets(settings, store.secretMarks, tell) };
	} catch (error) {
		await store.close();
		throw error;
	}
}
