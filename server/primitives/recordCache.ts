import { LRUCache } from "lru-cache";
import type { Freshness } from "./freshness.js";

/** A record in memory. `value` is undefined when the store has no such record: that is cached as well. */
export interface Entry<V> {
	readonly value: V | undefined;
	/** When its load began, on the monotonic clock. */
	readonly readAt: number;
	/** A dropped entry is never used again, wherever it is still referenced. */
	dropped: boolean;
}

/**
 * An LRU cache of records by ID. Concurrent reads of one ID share one load. After
 * a drop during a load, its result is not cached and later readers start another
 * load: it may have read the old record.
 */
export class RecordCache<V> {
	readonly #entries: LRUCache<string, Entry<V>>;
	readonly #loads = new Map<string, Load<V>>();
	readonly #freshness: Freshness;
	readonly #load: (id: string) => Promise<V | undefined>;

	constructor(options: { max: number; freshness: Freshness; load: (id: string) => Promise<V | undefined> }) {
		this.#entries = new LRUCache({
			max: options.max,
			// An evicted record is marked, because what was prepared from it is no longer dropped on changes.
			dispose: (entry) => {
				entry.dropped = true;
			},
		});
		this.#freshness = options.freshness;
		this.#load = options.load;
	}

	/** Whether an entry may still be used at `now` (monotonic milliseconds). */
	usable(entry: Entry<V>, now = this.#freshness.clock.monotonic()): boolean {
		return !entry.dropped && this.#freshness.covers(entry.readAt, now);
	}

	/** Returns the entry when it is in memory and fresh, otherwise a promise. Rejects when the store cannot be reached. */
	get(id: string): Entry<V> | Promise<Entry<V>> {
		const entry = this.#entries.get(id);
		if (entry !== undefined && this.usable(entry)) return entry;
		return this.#loads.get(id)?.outcome ?? this.#startLoad(id);
	}

	/** Call it when the record has changed. */
	drop(id: string): void {
		this.#entries.delete(id);
		const load = this.#loads.get(id);
		if (load !== undefined) {
			load.cancelled = true;
			this.#loads.delete(id);
		}
	}

	dropAll(): void {
		this.#entries.clear();
		for (const load of this.#loads.values()) load.cancelled = true;
		this.#loads.clear();
	}

	#startLoad(id: string): Promise<Entry<V>> {
		const load: Load<V> = { cancelled: false, outcome: this.#read(id, () => load) };
		this.#loads.set(id, load);
		return load.outcome;
	}

	async #read(id: string, load: () => Load<V>): Promise<Entry<V>> {
		const readAt = this.#freshness.clock.monotonic();
		try {
			const value = await this.#load(id);
			const entry: Entry<V> = { value, readAt, dropped: load().cancelled };
			if (!entry.dropped) this.#entries.set(id, entry);
			return entry;
		} finally {
			if (!load().cancelled) this.#loads.delete(id);
		}
	}
}

interface Load<V> {
	/** Set when the record changed during the load. */
	cancelled: boolean;
	readonly outcome: Promise<Entry<V>>;
}
