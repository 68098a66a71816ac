/** The time, passed in so that tests can control it. */
export interface Clock {
	/** Milliseconds since the Unix epoch. Jumps when the machine's clock is set. */
	now(): number;
	/** Milliseconds since some fixed moment; never goes back. For measuring durations. */
	monotonic(): number;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
};
