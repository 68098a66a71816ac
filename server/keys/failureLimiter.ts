import { Problem } from "../core/problem.js";
import { subscriberOf } from "../isomorphic/addresses.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";

/** Calls without a valid token an address may make in a minute before it is told to stop. */
const failures = { limit: 60, windowSeconds: 60 } as const;

/** Addresses kept in memory; a flood from more than these forgets those that failed longest ago. */
const addressesInMemory = 50_000;

/**
 * Slows the guessing of tokens. Game servers share addresses with strangers'
 * games, so this never stands before a good token: it only turns an answer
 * that would have been a refusal for want of a valid token into
 * `too_many_failures`. Refusals to the holder of a real token (a revoked key,
 * a wrong place) keep their own code, so that a neighbour's noise cannot hide
 * from a game that its key was revoked.
 *
 * See docs/decisions/0002-failures-without-a-valid-token.md
 * See docs/decisions/0019-own-failure-limiter.md
 */
export class FailureLimiter {
	readonly #windows = new SlidingWindows(addressesInMemory);

	constructor(private readonly clock: Clock) {}

	/** Counts a failure of the address; the problem to answer in its place. */
	failed(address: string, problem: Problem): Problem {
		const verdict = this.#windows.take(subscriberOf(address), failures, this.clock.monotonic());
		if (verdict.allowed) return problem;
		return new Problem("too_many_failures", { retryAfterSeconds: verdict.resetSeconds });
	}
}
