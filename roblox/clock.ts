/** The time that the policies use. Tests pass their own clock. */
export interface Clock {
	/** Seconds that only move forward, from an arbitrary start. */
	readonly now: () => number;
	/** Seconds since 1970, UTC. */
	readonly unixSeconds: () => number;
}
