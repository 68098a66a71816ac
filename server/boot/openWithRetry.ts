import { setTimeout as timer } from "node:timers/promises";
import type { Clock } from "../primitives/clock.js";
import { StoreDamaged, StoreUnavailable } from "../store/store.js";

/** How long the server waits for its database when it starts, milliseconds. */
export const startRetryMs = 30_000;
const retryPauseMs = 1_000;

/**
 * Opens a store that may not be there yet: tries for 30 s, tells once what it
 * is waiting for, and rejects with the last `StoreUnavailable`. Any other
 * failure is final at once.
 */
export async function openWithRetry<T>(
	open: () => Promise<T>,
	clock: Clock,
	tell: (message: string) => void,
	pause: (ms: number) => Promise<unknown> = timer,
): Promise<T> {
	const giveUpAt = clock.monotonic() + startRetryMs;
	for (let told = false; ; told = true) {
		try {
			return await open();
		} catch (error) {
			const mayPass = error instanceof StoreUnavailable && !(error instanceof StoreDamaged);
			if (!mayPass || clock.monotonic() + retryPauseMs > giveUpAt) throw error;
			if (!told) tell(`${error.message}; trying for ${startRetryMs / 1000} s`);
			await pause(retryPauseMs);
		}
	}
}
