import { subscriberOf } from "../isomorphic/addresses.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";

/** Lines that the requests of one address may write in a minute. */
const perAddress = { limit: 60, windowSeconds: 60 } as const;

/** Lines that the requests of all addresses together may write in a minute. */
const overall = { limit: 600, windowSeconds: 60 } as const;

/** Only addresses that wrote a line are kept, so in a minute and a sixtieth there are never more than this. */
const addressesInMemory = 2 * overall.limit;

/** Addresses whose suppressed lines are counted separately; those of all others are counted together. */
const addressesCounted = 1_000;

/** Addresses reported separately. */
const addressesReported = 20;

/** Requests without a line of their own. */
export interface SuppressedRequests {
	/** Where they came from (`subscriberOf`); undefined: from several addresses. */
	readonly address: string | undefined;
	readonly requests: number;
	/** How many by code, most frequent first. */
	readonly codes: Readonly<Record<string, number>>;
}

/**
 * Limits how many lines requests write to the log: anyone who can reach the
 * server could fill its disk otherwise. Lines over the limit are counted, in
 * bounded memory.
 *
 * See docs/decisions/0051-bounded-log.md
 */
export class LogRateLimiter {
	readonly #byAddress = new SlidingWindows(addressesInMemory);
	readonly #overall = new SlidingWindows(1);
	/** Counts by code, by address. */
	#suppressed = new Map<string, Map<string, number>>();
	#suppressedOfOthers = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/** Whether the request may write a line, which then counts. If not, the request is counted as suppressed. */
	take(address: string, code: string): boolean {
		const now = this.clock.monotonic();
		const subscriber = subscriberOf(address).slice(0, 64);
		// In this order, a flood from ever new addresses takes no memory once no line is left.
		const allowed =
			this.#overall.peek("", overall, now).allowed &&
			this.#byAddress.take(subscriber, perAddress, now).allowed;
		if (allowed) this.#overall.take("", overall, now);
		else this.#countSuppressed(subscriber, code);
		return allowed;
	}

	/** What was suppressed since the last time: the addresses with the most requests first, all others together last. */
	takeSuppressed(): SuppressedRequests[] {
		const counted = [...this.#suppressed].map(([address, codes]) => ({
			address,
			codes,
			requests: sum(codes),
		}));
		counted.sort((a, b) => b.requests - a.requests);
		const others = this.#suppressedOfOthers;
		this.#suppressed = new Map();
		this.#suppressedOfOthers = new Map();
		for (const { codes } of counted.slice(addressesReported)) {
			for (const [code, requests] of codes) add(others, code, requests);
		}
		const reported = [
			...counted.slice(0, addressesReported),
			{ address: undefined, codes: others, requests: sum(others) },
		];
		return reported
			.filter(({ requests }) => requests > 0)
			.map(({ address, requests, codes }) => ({
				address,
				requests,
				codes: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a)),
			}));
	}

	#countSuppressed(subscriber: string, code: string): void {
		let codes = this.#suppressed.get(subscriber);
		if (codes === undefined) {
			if (this.#suppressed.size >= addressesCounted) return add(this.#suppressedOfOthers, code, 1);
			codes = new Map();
			this.#suppressed.set(subscriber, codes);
		}
		add(codes, code, 1);
	}
}

function add(codes: Map<string, number>, code: string, count: number): void {
	codes.set(code, (codes.get(code) ?? 0) + count);
}

function sum(codes: ReadonlyMap<string, number>): number {
	let total = 0;
	for (const count of codes.values()) total += count;
	return total;
}
