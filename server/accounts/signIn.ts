import { Problem } from "../core/problem.js";
import { subscriberOf } from "../isomorphic/addresses.js";
import type { AccountRecord } from "../model/account.js";
import { foldName } from "../model/foldName.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";
import type { AccountStore } from "../store/store.js";
import { passwordMatches } from "./password.js";

/** Sign-in attempts in ten minutes, successful ones included: to one account, and from one address. */
const perAccount = { limit: 20, windowSeconds: 600 } as const;
const perAddress = { limit: 60, windowSeconds: 600 } as const;

/** Names and addresses kept in memory. */
const inMemory = 20_000;

/**
 * Checks passwords, at a limited rate. Every attempt is counted before it is
 * checked, so concurrent attempts gain nothing over sequential ones, and a
 * correct password does not reveal whether the guesses before it were counted.
 *
 * See docs/decisions/0033-every-sign-in-counts.md
 */
export class SignIn {
	readonly #accounts = new SlidingWindows(inMemory);
	readonly #addresses = new SlidingWindows(inMemory);

	constructor(
		private readonly store: Pick<AccountStore, "findByName">,
		private readonly clock: Clock,
	) {}

	/** The account; `sign_in_failed` whatever was wrong, `too_many_failures`, or `unavailable` when too many sign in. */
	async check(name: string, password: string, address: string): Promise<AccountRecord | Problem> {
		const throttled = this.#countAttempt(name, address);
		if (throttled !== undefined) return throttled;
		const account = await this.store.findByName(name);
		const matches = await passwordMatches(account?.passwordHash, password, address);
		if (matches instanceof Problem) return matches;
		if (account === undefined || !matches || account.disabledAt !== undefined) {
			const problem = new Problem("sign_in_failed");
			problem.notSignedInTo = account?.id;
			return problem;
		}
		return account;
	}

	#countAttempt(name: string, address: string): Problem | undefined {
		const now = this.clock.monotonic();
		// First, and alone if it is exceeded: one address must not be able to lock every account.
		const ofAddress = this.#addresses.take(subscriberOf(address), perAddress, now);
		// Folded the way the store looks names up, or every spelling of a name would have its own count.
		const verdict = ofAddress.allowed ? this.#accounts.take(foldName(name), perAccount, now) : ofAddress;
		if (verdict.allowed) return undefined;
		return new Problem("too_many_failures", { retryAfterSeconds: verdict.resetSeconds });
	}
}
