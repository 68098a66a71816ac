/** The spans of time that requests are counted in, all in UTC. Moments are milliseconds since the Unix epoch. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The start of the minute of a moment. */
export function minuteOf(at: number): number {
	return at - (at % minuteMs);
}

/** The start of the hour of a moment. */
export function hourOf(at: number): number {
	return at - (at % hourMs);
}

/** The start of the day of a moment. */
export function dayOf(at: number): number {
	return at - (at % dayMs);
}

export const weekMs = 7 * dayMs;

/** The start of the week of a moment. Weeks start on Thursday, as the epoch does. */
export function weekOf(at: number): number {
	return at - (at % weekMs);
}
