import fc from "fast-check";
import { SlidingWindows } from "../../server/primitives/slidingWindow.js";

const rule = fc.record({
	limit: fc.integer({ min: 1, max: 20 }),
	windowSeconds: fc.integer({ min: 1, max: 120 }),
});
/** Milliseconds between requests: bursts, steady traffic and long silences. */
const gaps = fc.array(
	fc.oneof(fc.constant(0), fc.nat({ max: 50 }), fc.nat({ max: 5_000 }), fc.nat({ max: 300_000 })),
	{
		maxLength: 200,
	},
);

describe("a rate limit", () => {
	it("never allows more requests than its limit in any period of its window", () => {
		fc.assert(
			fc.property(rule, gaps, fc.nat({ max: 1e9 }), (limit, steps, start) => {
				const windows = new SlidingWindows(10);
				const allowed: number[] = [];
				let now = start;
				for (const step of steps) {
					now += step;
					if (windows.take("key", limit, now).allowed) allowed.push(now);
				}
				allowed.forEach((first, at) => {
					const beyond = allowed[at + limit.limit];
					if (beyond !== undefined)
						expect(beyond - first).toBeGreaterThanOrEqual(limit.windowSeconds * 1_000);
				});
			}),
		);
	});

	it("allows the first requests up to its limit", () => {
		fc.assert(
			fc.property(rule, fc.nat({ max: 1e9 }), (limit, now) => {
				const windows = new SlidingWindows(10);
				for (let left = limit.limit - 1; left >= 0; left--) {
					expect(windows.take("key", limit, now)).toMatchObject({ allowed: true, remaining: left });
				}
				expect(windows.take("key", limit, now)).toMatchObject({ allowed: false, remaining: 0 });
			}),
		);
	});

	it("allows a request when the reported seconds have passed, and not a second earlier", () => {
		fc.assert(
			fc.property(rule, gaps, (limit, steps) => {
				const windows = new SlidingWindows(10);
				let now = 0;
				for (const step of steps) {
					now += step;
					const verdict = windows.take("key", limit, now);
					if (verdict.allowed) continue;
					expect(verdict.resetSeconds).toBeGreaterThanOrEqual(1);
					// A request leaves at most a sixtieth of the window late.
					const latest = limit.windowSeconds * (61 / 60) + 1;
					expect(verdict.resetSeconds).toBeLessThanOrEqual(latest);
					// Peeking into the future moves the window there: it does not go back.
					now += (verdict.resetSeconds - 1) * 1_000;
					expect(windows.peek("key", limit, now).allowed).toBe(false);
					now += 1_000;
					expect(windows.peek("key", limit, now).allowed).toBe(true);
				}
			}),
		);
	});

	it("reports the seconds until the oldest request leaves, however close that is", () => {
		const limit = { limit: 2, windowSeconds: 60 };
		const windows = new SlidingWindows(10);
		windows.take("key", limit, 0);
		windows.take("key", limit, 30_000);
		const reported = [31, 50, 57, 58, 59, 60].map(
			(second) => windows.peek("key", limit, second * 1_000).resetSeconds,
		);
		expect(reported).toEqual([30, 11, 4, 3, 2, 1]);
		expect(windows.peek("key", limit, 61_000).allowed).toBe(true);
	});

	it("peeks at the result of the next request without counting it", () => {
		fc.assert(
			fc.property(rule, gaps, (limit, steps) => {
				const windows = new SlidingWindows(10);
				let now = 0;
				for (const step of steps) {
					now += step;
					const peeked = windows.peek("key", limit, now);
					expect(windows.peek("key", limit, now)).toEqual(peeked);
					const taken = windows.take("key", limit, now);
					expect(taken.allowed).toBe(peeked.allowed);
					expect(taken.remaining).toBe(peeked.allowed ? peeked.remaining - 1 : 0);
					if (!peeked.allowed) expect(taken).toEqual(peeked);
				}
			}),
		);
	});

	it("of one key does not affect another's", () => {
		const windows = new SlidingWindows(10);
		const limit = { limit: 1, windowSeconds: 60 };
		expect(windows.take("one", limit, 0).allowed).toBe(true);
		expect(windows.take("other", limit, 0).allowed).toBe(true);
		expect(windows.take("one", limit, 1).allowed).toBe(false);
	});
});
