/** Spans of time that calls are counted in, all in UTC. Moments and lengths are milliseconds since the Unix epoch. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The start of the minute a moment is in. */
export function minuteOf(at: number): number {
	return at - (at % minuteMs);
}

/** The start of the hour a moment is in. */
export function hourOf(at: number): number {
	return at - (at % hourMs);
}

/** The start of the day a moment is in. */
export function dayOf(at: number): number {
	return at - (at % dayMs);
}

export const weekMs = 7 * dayMs;

/** The start of the week a moment is in, counted from the epoch's own first day, a Thursday. */
export function weekOf(at: number): number {
	return at - (at % weekMs);
}
