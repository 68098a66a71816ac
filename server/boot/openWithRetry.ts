import { setTimeout as timer } from "node:timers/promises";
import type { Clock } from "../primitives/clock.js";
import { StoreDamaged, StoreUnavailable } from "../store/store.js";

/** How long a starting server waits for its database, in milliseconds. */
export const startRetryMs = 30_000;
const retryPauseMs = 1_000;

/**
 * Opens a store that may not be available yet. Retries for 30 s, reports once what
 * it is waiting for, and then rejects with the last `StoreUnavailable`. Rejects
 * immediately with any other error.
 */
export async function openWithRetry<T>(
	open: () => Promise<T>,
	clock: Clock,
	report: (message: string) => void,
	pause: (ms: number) => Promise<unknown> = timer,
): Promise<T> {
	const giveUpAt = clock.monotonic() + startRetryMs;
	for (let reported = false; ; reported = true) {
		try {
			return await open();
		} catch (error) {
			const isTemporary = error instanceof StoreUnavailable && !(error instanceof StoreDamaged);
			if (!isTemporary || clock.monotonic() + retryPauseMs > giveUpAt) throw error;
			if (!reported) report(`${error.message}; retrying for ${startRetryMs / 1000} s`);
			await pause(retryPauseMs);
		}
	}
}
