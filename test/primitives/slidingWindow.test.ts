import fc from "fast-check";
import { SlidingWindows } from "../../server/primitives/slidingWindow.js";

const rule = fc.record({
	limit: fc.integer({ min: 1, max: 20 }),
	windowSeconds: fc.integer({ min: 1, max: 120 }),
});
/** Milliseconds between calls: bursts, steady traffic and long silences. */
const gaps = fc.array(
	fc.oneof(fc.constant(0), fc.nat({ max: 50 }), fc.nat({ max: 5_000 }), fc.nat({ max: 300_000 })),
	{
		maxLength: 200,
	},
);

describe("a rate limit", () => {
	it("never lets more calls through than its limit in any stretch of its window", () => {
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

	it("lets the first calls through up to its limit", () => {
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

	it("has a call free when the seconds it told have passed, and not a second before", () => {
		fc.assert(
			fc.property(rule, gaps, (limit, steps) => {
				const windows = new SlidingWindows(10);
				let now = 0;
				for (const step of steps) {
					now += step;
					const verdict = windows.take("key", limit, now);
					if (verdict.allowed) continue;
					expect(verdict.resetSeconds).toBeGreaterThanOrEqual(1);
					// A call leaves at most a sixtieth of the window late.
					const latest = limit.windowSeconds * (61 / 60) + 1;
					expect(verdict.resetSeconds).toBeLessThanOrEqual(latest);
					// What looks into the future moves the window there: it does not go back.
					now += (verdict.resetSeconds - 1) * 1_000;
					expect(windows.peek("key", limit, now).allowed).toBe(false);
					now += 1_000;
					expect(windows.peek("key", limit, now).allowed).toBe(true);
				}
			}),
		);
	});

	it("tells the seconds until the oldest call leaves, however close that is", () => {
		const limit = { limit: 2, windowSeconds: 60 };
		const windows = new SlidingWindows(10);
		windows.take("key", limit, 0);
		windows.take("key", limit, 30_000);
		const told = [31, 50, 57, 58, 59, 60].map(
			(second) => windows.peek("key", limit, second * 1_000).resetSeconds,
		);
		expect(told).toEqual([30, 11, 4, 3, 2, 1]);
		expect(windows.peek("key", limit, 61_000).allowed).toBe(true);
	});

	it("says beforehand, without counting, what taking will say", () => {
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

	it("of one key leaves another's alone", () => {
		const windows = new SlidingWindows(10);
		const limit = { limit: 1, windowSeconds: 60 };
		expect(windows.take("one", limit, 0).allowed).toBe(true);
		expect(windows.take("other", limit, 0).allowed).toBe(true);
		expect(windows.take("one", limit, 1).allowed).toBe(false);
	});
});
