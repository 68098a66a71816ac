import fc from "fast-check";
import { QuotaCounters, quotaPeriod } from "../../server/usage/quotaCounters.js";

describe("quota counters", () => {
	it("know what is stored and what is not yet written, across writes of this instance and of others", () => {
		const step = fc.oneof(
			fc.constant("count" as const),
			fc.constant("write" as const),
			fc.constant("others" as const),
		);
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				const counters = new QuotaCounters(10);
				counters.load("a", 5, 0);
				let stored = 0;
				let pending = 0;
				let seen = 0;
				for (const each of steps) {
					if (each === "count") {
						counters.count("a");
						pending++;
					} else if (each === "others") stored++;
					else {
						stored += pending;
						counters.written("a", { periodStart: 5, used: stored }, pending);
						seen = stored;
						pending = 0;
					}
					expect(counters.used("a", 5)).toBe(seen + pending);
				}
			}),
		);
	});

	it("know nothing of a period that was not loaded", () => {
		const counters = new QuotaCounters(10);
		expect(counters.used("a", 5)).toBeUndefined();
		counters.load("a", 5, 3);
		expect(counters.used("a", 6)).toBeUndefined();
		counters.load("a", 6, 0);
		counters.written("a", { periodStart: 5, used: 9 }, 1);
		expect(counters.used("a", 6)).toBe(0);
	});

	it("are read once for all requests that wait, and again after a read that failed", async () => {
		const counters = new QuotaCounters(10);
		let reads = 0;
		const read = async () => {
			reads++;
			if (reads === 1) throw new Error("gone, on purpose");
			return 3;
		};
		const load = () => counters.loadOnce("a", 5, read);
		const failed = await Promise.allSettled(Array.from({ length: 300 }, load));
		expect([reads, failed.every(({ status }) => status === "rejected")]).toEqual([1, true]);
		await Promise.all(Array.from({ length: 300 }, load));
		expect([reads, counters.used("a", 5)]).toEqual([2, 3]);
	});

	it("keep what was counted when two loads finish", () => {
		const counters = new QuotaCounters(10);
		counters.load("a", 5, 3);
		counters.count("a");
		counters.load("a", 5, 3);
		expect(counters.used("a", 5)).toBe(4);
	});
});

describe("the period of a quota", () => {
	it("contains its moment, and starts where the previous one ended", () => {
		fc.assert(
			fc.property(
				fc.constantFrom("day" as const, "month" as const),
				fc.integer({ min: 0, max: 4_102_444_800_000 }),
				(period, now) => {
					const { start, end } = quotaPeriod({ limit: 1, period }, now);
					expect(start <= now && now < end).toBe(true);
					expect(quotaPeriod({ limit: 1, period }, end).start).toBe(end);
					expect(quotaPeriod({ limit: 1, period }, start - 1).end).toBe(start);
					const iso = new Date(start).toISOString();
					expect(iso).toMatch(period === "day" ? /T00:00:00.000Z$/ : /-01T00:00:00.000Z$/);
				},
			),
		);
	});
});
