import { Problem } from "../core/problem.js";
import { subscriberOf } from "../isomorphic/addresses.js";
import type { AccountRecord } from "../model/account.js";
import { foldName } from "../model/foldName.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";
import type { AccountStore } from "../store/store.js";
import { passwordMatches } from "./password.js";

/** Attempts to sign in, right ones included, in ten minutes: to one account, and from one address. */
const perAccount = { limit: 20, windowSeconds: 600 } as const;
const perAddress = { limit: 60, windowSeconds: 600 } as const;

/** Names and addresses kept in memory. */
const inMemory = 20_000;

/**
 * Checks passwords, slowly. Every attempt counts before it is looked at, so
 * many at one moment get no further than one after the other, and a right
 * password is no way to learn that the guesses before it were counted.
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

	/** The account; `sign_in_failed`, whatever was wrong, or `too_many_failures`. */
	async check(name: string, password: string, address: string): Promise<AccountRecord | Problem> {
		const throttled = this.#count(name, address);
		if (throttled !== undefined) return throttled;
		const account = await this.store.findByName(name);
		const matches = await passwordMatches(account?.passwordHash, password);
		if (account === undefined || !matches || account.disabledAt !== undefined) {
			const problem = new Problem("sign_in_failed");
			problem.notSignedInTo = account?.id;
			return problem;
		}
		return account;
	}

	#count(name: string, address: string): Problem | undefined {
		const now = this.clock.monotonic();
		// First, and alone when it refuses: one address must not get to keep every name from signing in.
		const ofAddress = this.#addresses.take(subscriberOf(address), perAddress, now);
		// As the store finds accounts, or a name would have as many counts as it has spellings.
		const verdict = ofAddress.allowed ? this.#accounts.take(foldName(name), perAccount, now) : ofAddress;
		if (verdict.allowed) return undefined;
		return new Problem("too_many_failures", { retryAfterSeconds: verdict.resetSeconds });
	}
}
