/**
 * A bounded cache. An entry is fresh first, then stale, then gone; when the
 * cache is full, the least recently used entry is removed. Times are seconds on
 * a clock that only moves forward.
 */
export interface Cache<V extends defined> {
	read(key: string, now: number): CacheEntry<V> | undefined;
	/** Fresh for `freshSeconds`, then stale until it is `maxAgeSeconds` old. */
	write(key: string, value: V, now: number, freshSeconds: number, maxAgeSeconds: number): void;
	delete(key: string): void;
	size(): number;
}

interface CacheEntry<V> {
	readonly value: V;
	readonly fresh: boolean;
	readonly expiresAt: number;
}

interface Slot<V> {
	readonly key: string;
	readonly value: V;
	readonly freshUntil: number;
	readonly expiresAt: number;
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

	function remove(slot: Slot<V>) {
		unlink(slot);
		slots.delete(slot.key);
	}

	return {
		read(key, now) {
			const slot = slots.get(key);
			if (slot === undefined) return undefined;
			if (now >= slot.expiresAt) {
				remove(slot);
				return undefined;
			}
			unlink(slot);
			linkAsNewest(slot);
			return { value: slot.value, fresh: now < slot.freshUntil, expiresAt: slot.expiresAt };
		},
		write(key, value, now, freshSeconds, maxAgeSeconds) {
			const existing = slots.get(key);
			if (existing !== undefined) remove(existing);
			if (slots.size() >= maxEntries && oldest !== undefined) remove(oldest);
			const slot: Slot<V> = {
				key,
				value,
				freshUntil: now + freshSeconds,
				expiresAt: now + math.max(freshSeconds, maxAgeSeconds),
			};
			slots.set(key, slot);
			linkAsNewest(slot);
		},
		delete(key) {
			const slot = slots.get(key);
			if (slot !== undefined) remove(slot);
		},
		size() {
			return slots.size();
		},
	};
}
