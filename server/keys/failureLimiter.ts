import { Problem } from "../core/problem.js";
import { subscriberOf } from "../isomorphic/addresses.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";

/** How many requests without a valid token an address may make in a minute. */
const perAddress = { limit: 60, windowSeconds: 60 } as const;

/** Addresses kept in memory. A flood from more than these pushes out those that failed longest ago. */
const addressesInMemory = 50_000;

/**
 * Slows the guessing of tokens. Game servers share addresses with strangers'
 * games, so it never stands in the way of a valid token: it only replaces the
 * problem of a request that has none with `too_many_failures`. Denials of a
 * real token (a revoked key, a wrong place) keep their own code, so that a
 * neighbour's noise cannot hide from a game that its key was revoked.
 *
 * See docs/decisions/0002-failures-without-a-valid-token.md
 *
 * See docs/decisions/0019-own-failure-limiter.md
 */
export class FailureLimiter {
	readonly #windows = new SlidingWindows(addressesInMemory);

	constructor(private readonly clock: Clock) {}

	/** Counts a failure of the address. Returns the problem to respond with: `problem`, or `too_many_failures`. */
	countFailure(address: string, problem: Problem): Problem {
		const verdict = this.#windows.take(subscriberOf(address), perAddress, this.clock.monotonic());
		if (verdict.allowed) return problem;
		return new Problem("too_many_failures", { retryAfterSeconds: verdict.resetSeconds });
	}
}
