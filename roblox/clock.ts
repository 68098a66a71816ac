/** Time as the policies see it; tests give their own. */
export interface Clock {
	/** Seconds that only move forward, from an arbitrary start. */
	readonly now: () => number;
	/** Seconds since 1970, UTC. */
	readonly unixSeconds: () => number;
}
