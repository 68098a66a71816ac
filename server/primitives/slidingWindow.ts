import { LRUCache } from "lru-cache";

const bucketsPerWindow = 60;

export interface RateLimit {
	readonly limit: number;
	readonly windowSeconds: number;
}

export interface RateLimitResult {
	readonly allowed: boolean;
	/** Requests left in the window after this one. */
	readonly remaining: number;
	/** Seconds, rounded up, until another request is allowed (when denied) or the window is empty (when allowed). */
	readonly resetSeconds: number;
}

/**
 * Rate limits by key, in this process's memory: never more than `limit` requests
 * in any period of `windowSeconds`. A window has 60 buckets, and the oldest counts
 * in full until it has left the window entirely, so a request can be allowed up
 * to a sixtieth of the window late, never early.
 *
 * See docs/decisions/0005-sliding-window-of-buckets.md
 */
export class SlidingWindows {
	readonly #windows: LRUCache<string, Window>;

	constructor(maxKeys: number) {
		this.#windows = new LRUCache({ max: maxKeys });
	}

	/** Whether a request of the key would be allowed at `now` (monotonic milliseconds), without counting it. */
	peek(keyId: string, rule: RateLimit, now: number): RateLimitResult {
		return this.#of(keyId, rule).peek(rule.limit, now);
	}

	/** Counts a request of the key at `now` (monotonic milliseconds), unless the window is full. */
	take(keyId: string, rule: RateLimit, now: number): RateLimitResult {
		return this.#of(keyId, rule).take(rule.limit, now);
	}

	#of(keyId: string, rule: RateLimit): Window {
		let window = this.#windows.get(keyId);
		if (window === undefined || window.windowSeconds !== rule.windowSeconds) {
			window = new Window(rule.windowSeconds);
			this.#windows.set(keyId, window);
		}
		return window;
	}
}

class Window {
	/** One more than the window has, for the bucket that is being filled. */
	readonly #counts = new Uint32Array(bucketsPerWindow + 1);
	readonly #bucketMs: number;
	#newest = 0;
	#total = 0;

	constructor(readonly windowSeconds: number) {
		this.#bucketMs = (windowSeconds * 1000) / bucketsPerWindow;
	}

	peek(limit: number, now: number): RateLimitResult {
		this.#moveTo(Math.floor(now / this.#bucketMs));
		const allowed = this.#total < limit;
		const leaving = allowed ? this.#total : this.#total - limit + 1;
		return {
			allowed,
			remaining: Math.max(0, limit - this.#total),
			resetSeconds: leaving === 0 ? 0 : this.#secondsUntil(now, leaving),
		};
	}

	take(limit: number, now: number): RateLimitResult {
		const before = this.peek(limit, now);
		if (!before.allowed) return before;
		const slot = this.#newest % this.#counts.length;
		this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
		this.#total++;
		return { ...this.peek(limit, now), allowed: true };
	}

	#moveTo(bucket: number): void {
		const steps = Math.min(bucket - this.#newest, this.#counts.length);
		for (let i = 1; i <= steps; i++) {
			const slot = (bucket - steps + i) % this.#counts.length;
			this.#total -= this.#counts[slot] ?? 0;
			this.#counts[slot] = 0;
		}
		if (bucket > this.#newest) this.#newest = bucket;
	}

	/** Seconds until `wanted` of the counted requests have left the window. */
	#secondsUntil(now: number, wanted: number): number {
		let left = wanted;
		const oldest = this.#newest - bucketsPerWindow;
		for (let bucket = oldest; bucket <= this.#newest; bucket++) {
			if (bucket < 0) continue;
			left -= this.#counts[bucket % this.#counts.length] ?? 0;
			if (left <= 0) {
				const freeAt = (bucket + bucketsPerWindow + 1) * this.#bucketMs;
				return Math.max(1, Math.ceil((freeAt - now) / 1000));
			}
		}
		return this.windowSeconds;
	}
}
