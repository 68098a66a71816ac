import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { subscriberOf } from "../addresses.js";
import { Problem } from "../problem.js";

/** Calls without a valid token an address may make in a minute before it is told to stop. */
const failuresPerMinute = 60;

/**
 * Slows the guessing of tokens. Game servers share addresses with strangers'
 * games, so this never stands before a good token: it only turns an answer
 * that would have been a refusal for want of a valid token into
 * `too_many_failures`. Refusals to the holder of a real token (a revoked key,
 * a wrong place) keep their own code, so that a neighbour's noise cannot hide
 * from a game that its key was revoked.
 */
export class FailureLimiter {
	readonly #limiter = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 });

	/** Counts a failure of the address; the problem to answer in its place. */
	async failed(address: string, problem: Problem): Promise<Problem> {
		try {
			await this.#limiter.consume(subscriberOf(address));
			return problem;
		} catch (refused) {
			if (!(refused instanceof RateLimiterRes)) throw refused;
			const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
			return new Problem("too_many_failures", { retryAfterSeconds: seconds });
		}
	}
}
