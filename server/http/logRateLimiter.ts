import { subscriberOf } from "../isomorphic/addresses.js";
import type { Clock } from "../primitives/clock.js";
import { SlidingWindows } from "../primitives/slidingWindow.js";

/** Lines the calls of one address may write in a minute. */
const ofOneAddress = { limit: 60, windowSeconds: 60 } as const;

/** Lines the calls of all addresses together may write in a minute. */
const ofAll = { limit: 600, windowSeconds: 60 } as const;

/** Only who wrote a line is remembered, so that in a minute and its sixtieth there are never more than this. */
const addressesWithLines = 2 * ofAll.limit;

/** Addresses whose calls without a line are counted apart; those of others are counted together. */
const addressesCounted = 1_000;

/** Addresses told of apart. */
const addressesTold = 20;

/** Calls that had no line of their own. */
export interface SuppressedRequests {
	/** Where they came from (`subscriberOf`); undefined: from several addresses, or nobody knows from how many. */
	readonly address: string | undefined;
	readonly calls: number;
	/** How many by code, most frequent first. */
	readonly codes: Readonly<Record<string, number>>;
}

/**
 * How many lines calls may write into the log: whoever can reach the server
 * could fill its disk otherwise. What is beyond is counted, in bounded memory.
 *
 * See docs/decisions/0051-bounded-log.md
 */
export class LogRateLimiter {
	readonly #byAddress = new SlidingWindows(addressesWithLines);
	readonly #all = new SlidingWindows(1);
	#takeSuppressed = new Map<string, Map<string, number>>();
	#others = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/** Whether the call may write a line, which is then taken; otherwise the call is counted. */
	take(address: string, code: string): boolean {
		const now = this.clock.monotonic();
		const subscriber = subscriberOf(address).slice(0, 64);
		// In this order a flood from ever new addresses, when there is no line left, leaves nothing behind.
		const allowed =
			this.#all.peek("", ofAll, now).allowed && this.#byAddress.take(subscriber, ofOneAddress, now).allowed;
		if (allowed) this.#all.take("", ofAll, now);
		else this.#count(subscriber, code);
		return allowed;
	}

	/** What was counted since the last time, those with the most calls first and everybody else's together. */
	takeSuppressed(): SuppressedRequests[] {
		const counted = [...this.#takeSuppressed].map(([address, codes]) => ({
			address,
			codes,
			calls: sum(codes),
		}));
		counted.sort((a, b) => b.calls - a.calls);
		const others = this.#others;
		this.#takeSuppressed = new Map();
		this.#others = new Map();
		for (const { codes } of counted.slice(addressesTold)) {
			for (const [code, calls] of codes) add(others, code, calls);
		}
		const told = [
			...counted.slice(0, addressesTold),
			{ address: undefined, codes: others, calls: sum(others) },
		];
		return told
			.filter(({ calls }) => calls > 0)
			.map(({ address, calls, codes }) => ({
				address,
				calls,
				codes: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a)),
			}));
	}

	#count(subscriber: string, code: string): void {
		let codes = this.#takeSuppressed.get(subscriber);
		if (codes === undefined) {
			if (this.#takeSuppressed.size >= addressesCounted) return add(this.#others, code, 1);
			codes = new Map();
			this.#takeSuppressed.set(subscriber, codes);
		}
		add(codes, code, 1);
	}
}

function add(codes: Map<string, number>, code: string, calls: number): void {
	codes.set(code, (codes.get(code) ?? 0) + calls);
}

function sum(codes: ReadonlyMap<string, number>): number {
	let calls = 0;
	for (const count of codes.values()) calls += count;
	return calls;
}
