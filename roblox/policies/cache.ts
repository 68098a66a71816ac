/**
 * A bounded cache whose entries are fresh first, then stale, then gone; the
 * least recently used entry makes room for a new one. Times are seconds on any
 * clock that only moves forward.
 */
export interface Cache<V extends defined> {
	read(key: string, now: number): CacheEntry<V> | undefined;
	/** Fresh for `freshSeconds`, then kept as stale until it is `keptSeconds` old. */
	write(key: string, value: V, now: number, freshSeconds: number, keptSeconds: number): void;
	forget(key: string): void;
	size(): number;
}

export interface CacheEntry<V> {
	readonly value: V;
	readonly fresh: boolean;
	/** When it will be gone. */
	readonly keptUntil: number;
}

interface Slot<V> {
	readonly key: string;
	readonly value: V;
	readonly freshUntil: number;
	readonly keptUntil: number;
	newer?: Slot<V>;
	older?: Slot<V>;
}

export function createCache<V extends defined>(maxEntries: number): Cache<V> {
	const slots = new Map<string, Slot<V>>();
	let newest: Slot<V> | undefined;
	let oldest: Slot<V> | undefined;

	function unlink(slot: Slot<V>) {
		if (slot.newer !== undefined) slot.newer.older = slot.older;
		else newest = slot.older;
		if (slot.older !== undefined) slot.older.newer = slot.newer;
		else oldest = slot.newer;
		slot.newer = undefined;
		slot.older = undefined;
	}

	function linkAsNewest(slot: Slot<V>) {
		slot.older = newest;
		if (newest !== undefined) newest.newer = slot;
		newest = slot;
		oldest ??= slot;
	}

	function drop(slot: Slot<V>) {
		unlink(slot);
		slots.delete(slot.key);
	}

	return {
		read(key, now) {
			const slot = slots.get(key);
			if (slot === undefined) return undefined;
			if (now >= slot.keptUntil) {
				drop(slot);
				return undefined;
			}
			unlink(slot);
			linkAsNewest(slot);
			return { value: slot.value, fresh: now < slot.freshUntil, keptUntil: slot.keptUntil };
		},
		write(key, value, now, freshSeconds, keptSeconds) {
			const known = slots.get(key);
			if (known !== undefined) drop(known);
			if (slots.size() >= maxEntries && oldest !== undefined) drop(oldest);
			const slot: Slot<V> = {
				key,
				value,
				freshUntil: now + freshSeconds,
				keptUntil: now + math.max(freshSeconds, keptSeconds),
			};
			slots.set(key, slot);
			linkAsNewest(slot);
		},
		forget(key) {
			const slot = slots.get(key);
			if (slot !== undefined) drop(slot);
		},
		size() {
			return slots.size();
		},
	};
}
