import { LRUCache } from "lru-cache";
import type { Quota } from "../model/key.js";
import type { QuotaUse } from "../model/usage.js";

interface Counter {
	periodStart: number;
	/** What the store last contained, from all instances. */
	stored: number;
	/** What this instance has counted since. */
	pending: number;
}

/** Quota counters of the keys in use: what is stored, plus what is not written yet. */
export class QuotaCounters {
	readonly #counters: LRUCache<string, Counter>;
	/** Loads under way, by key and period. */
	readonly #loads = new Map<string, Promise<void>>();

	constructor(maxKeys: number) {
		this.#counters = new LRUCache({ max: maxKeys });
	}

	/** Requests counted in the period; undefined if it must be loaded from the store first (`load`). */
	used(keyId: string, periodStart: number): number | undefined {
		const counter = this.#counters.get(keyId);
		if (counter === undefined || counter.periodStart !== periodStart) return undefined;
		return counter.stored + counter.pending;
	}

	/** Reads what the store contains for the period: once, however many requests wait for it. */
	loadOnce(keyId: string, periodStart: number, read: () => Promise<number>): Promise<void> {
		const name = `${keyId} ${periodStart}`;
		let load = this.#loads.get(name);
		if (load === undefined) {
			load = read()
				.then((stored) => this.load(keyId, periodStart, stored))
				.finally(() => this.#loads.delete(name));
			this.#loads.set(name, load);
		}
		return load;
	}

	/** Sets what the store contains for the period. */
	load(keyId: string, periodStart: number, stored: number): void {
		const known = this.#counters.get(keyId);
		if (known?.periodStart === periodStart) return;
		this.#counters.set(keyId, { periodStart, stored, pending: 0 });
	}

	count(keyId: string): void {
		const counter = this.#counters.get(keyId);
		if (counter !== undefined) counter.pending++;
	}

	/** A write has moved `added` requests from here into the store, which now contains `written`. */
	written(keyId: string, written: QuotaUse, added: number): void {
		const counter = this.#counters.get(keyId);
		if (counter === undefined || counter.periodStart !== written.periodStart) return;
		counter.stored = written.used;
		counter.pending = Math.max(0, counter.pending - added);
	}
}

/** The quota's period at a moment, in UTC: start and exclusive end, milliseconds since the epoch. */
export function quotaPeriod(quota: Quota, now: number): { start: number; end: number } {
	const date = new Date(now);
	const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
	return quota.period === "day"
		? { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) }
		: { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
}
