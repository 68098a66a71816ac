/** Time, as the domain sees it: given from outside, so that tests can move it. */
export interface Clock {
	/** Milliseconds since the Unix epoch. May jump when the machine's clock is set. */
	now(): number;
	/** Milliseconds since some fixed moment; never goes back. For measuring how long. */
	monotonic(): number;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
};
