/** Smaller differences are the way there and back, and the whole seconds that the server's time comes in. */
const noiseMs = 3_000;

/**
 * A browser that was found to be off is right again only when it is nearer than
 * this. With `noiseMs` for both, one that is off by about as much would jump.
 */
const rightMs = 1_000;

/** How far the server's clock is ahead of this browser's, in milliseconds. */
let aheadMs = 0;
const listeners = new Set<() => void>();

/**
 * The time on the server's clock, which is what every moment that the API
 * answers was taken from. A browser's own can be hours off.
 *
 * See docs/decisions/0054-dashboard-uses-server-time.md
 */
export function serverTime(): Date {
	return new Date(Date.now() + aheadMs);
}

/** Learns from an answer's Date header that has just come; one that is missing or no date says nothing. */
export function learnServerTime(date: string | null): void {
	const said = Date.parse(date ?? "");
	if (Number.isNaN(said)) return;
	const measured = said - Date.now();
	const isRight = Math.abs(measured) < rightMs;
	if (!isRight && Math.abs(measured - aheadMs) <= noiseMs) return;
	const ahead = isRight || Math.abs(measured) <= noiseMs ? 0 : measured;
	if (ahead === aheadMs) return;
	aheadMs = ahead;
	for (const tell of listeners) tell();
}

/** Calls `tell` when the server's time turns out to be another than was thought; returns how to stop that. */
export function onServerTimeLearned(tell: () => void): () => void {
	listeners.add(tell);
	return () => listeners.delete(tell);
}
