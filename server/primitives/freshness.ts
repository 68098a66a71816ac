import type { Clock } from "./clock.js";

/** How long, in milliseconds, a record in memory may be used after it was last known to be current. */
export const recordLifeMs = 5_000;

/**
 * How long records in memory are known to be current: those loaded before the
 * change feed's last confirmation are, because a change would have dropped them.
 * When confirmations stop, nothing has to notice: the records age and are not
 * used any longer.
 *
 * See docs/decisions/0003-freshness-is-a-time.md
 */
export class Freshness {
	#confirmedAt = Number.NEGATIVE_INFINITY;

	constructor(readonly clock: Clock) {}

	/** The feed had delivered everything by `at` (monotonic milliseconds). */
	confirm(at: number): void {
		if (at > this.#confirmedAt) this.#confirmedAt = at;
	}

	/** Whether a record read at `readAt` may still be used at `now`, both monotonic milliseconds. */
	covers(readAt: number, now: number): boolean {
		return now - Math.max(readAt, this.#confirmedAt) <= recordLifeMs;
	}

	/** Milliseconds since the feed last confirmed; infinite before the first time. */
	feedAge(): number {
		return this.clock.monotonic() - this.#confirmedAt;
	}
}
