import type { Clock } from "../../server/primitives/clock.js";

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
	#now: number;
	#monotonic = 1_000_000;

	/** `now`: milliseconds since the Unix epoch; by default noon UTC, far from the ends of hours, days and months. */
	constructor(now = Date.UTC(2031, 4, 14, 12, 0, 0)) {
		this.#now = now;
	}

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#monotonic;
	}

	/** Advances the time. */
	advance(ms: number): void {
		this.#now += ms;
		this.#monotonic += ms;
	}

	/** Sets the wall clock, as an operator might, without time passing. */
	set(now: number): void {
		this.#now = now;
	}
}
