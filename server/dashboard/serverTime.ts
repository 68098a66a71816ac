/** Smaller differences come from network latency and from the Date header's whole seconds. */
const noiseMs = 3_000;

/**
 * Once corrected, the browser's clock counts as right only below this difference. With
 * `noiseMs` for both, a clock off by about that much would keep jumping.
 */
const syncedMs = 1_000;

/** How far the server's clock is ahead of the browser's, in milliseconds. */
let aheadMs = 0;
const listeners = new Set<() => void>();

/**
 * The time on the server's clock, which all timestamps of the API refer to. The
 * browser's clock can be hours off.
 *
 * See docs/decisions/0054-dashboard-uses-server-time.md
 */
export function serverTime(): Date {
	return new Date(Date.now() + aheadMs);
}

/** Updates the offset from a Date header that just arrived. Missing and invalid dates are ignored. */
export function syncServerTime(date: string | null): void {
	const received = Date.parse(date ?? "");
	if (Number.isNaN(received)) return;
	const measured = received - Date.now();
	const isSynced = Math.abs(measured) < syncedMs;
	if (!isSynced && Math.abs(measured - aheadMs) <= noiseMs) return;
	const ahead = isSynced || Math.abs(measured) <= noiseMs ? 0 : measured;
	if (ahead === aheadMs) return;
	aheadMs = ahead;
	for (const listener of listeners) listener();
}

/** Calls `listener` when the offset changes. Returns a function that unsubscribes. */
export function onServerTimeChange(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
