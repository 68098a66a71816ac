import type { Clock } from "../primitives/clock.js";
import type { UsageStore } from "../store/store.js";
import type { CachedKey } from "./cachedKey.js";

/** How often the last use of an idle key is loaded at most, milliseconds. */
const refreshMs = 5_000;

interface Refresh {
	readonly startedAt: number;
	/** Undefined once it is done. */
	pending: Promise<void> | undefined;
}

/** Loads when a key was last used: other instances may have accepted requests with it. */
export class LastUse {
	readonly #refreshes = new WeakMap<CachedKey, Refresh>();

	constructor(
		private readonly usage: Pick<UsageStore, "lastUse">,
		private readonly clock: Clock,
	) {}

	/** Brings `key.lastUsedAt` up to date; undefined if that was done recently. Concurrent requests share one load. */
	refresh(key: CachedKey): Promise<void> | undefined {
		const now = this.clock.monotonic();
		const last = this.#refreshes.get(key);
		if (last !== undefined && (last.pending !== undefined || now - last.startedAt < refreshMs)) {
			return last.pending;
		}
		const refresh: Refresh = { startedAt: now, pending: undefined };
		refresh.pending = this.#load(key).finally(() => {
			refresh.pending = undefined;
		});
		this.#refreshes.set(key, refresh);
		return refresh.pending;
	}

	async #load(key: CachedKey): Promise<void> {
		const lastUse = await this.usage.lastUse(key.record.id);
		key.lastUsedAt = Math.max(key.lastUsedAt ?? 0, lastUse?.at ?? 0);
	}
}
