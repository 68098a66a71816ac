import { onServerTimeChange, serverTime, syncServerTime } from "../../server/dashboard/serverTime.js";

const hourMs = 3_600_000;

describe("the time on the server's clock", () => {
	const differs = () => serverTime().getTime() - Date.now();
	const date = (aheadMs: number) => new Date(Date.now() + aheadMs).toUTCString();

	it("follows the Date headers, notifying once per change", () => {
		let told = 0;
		const stop = onServerTimeChange(() => told++);
		syncServerTime(date(-2 * hourMs));
		expect(differs()).toBeGreaterThan(-2 * hourMs - 2_000);
		expect(differs()).toBeLessThan(-2 * hourMs + 2_000);
		syncServerTime(date(-2 * hourMs + 1_000));
		syncServerTime(null);
		syncServerTime("soon");
		expect(told).toBe(1);
		// Whole seconds and latency make no difference.
		syncServerTime(date(-1_500));
		expect(Math.abs(differs())).toBeLessThan(50);
		expect(told).toBe(2);
		stop();
		syncServerTime(date(hourMs));
		expect(told).toBe(2);
		syncServerTime(date(0));
	});

	it("does not jump when the browser is off by about the tolerance", () => {
		syncServerTime(date(0));
		let told = 0;
		const stop = onServerTimeChange(() => told++);
		// The measured time is up to a second too low: the header has whole seconds.
		for (const aheadMs of [2_500, 3_600, 4_500, 2_900, 3_900, 2_100]) syncServerTime(date(aheadMs));
		expect(told).toBe(1);
		expect(differs()).toBeGreaterThan(3_000);
		syncServerTime(date(500));
		expect(told).toBe(2);
		expect(Math.abs(differs())).toBeLessThan(50);
		stop();
	});
});
