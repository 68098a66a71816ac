import { learnServerTime, onServerTimeLearned, serverTime } from "../../server/dashboard/serverTime.js";

const hourMs = 3_600_000;

describe("the time on the server's clock", () => {
	const differs = () => serverTime().getTime() - Date.now();
	const date = (aheadMs: number) => new Date(Date.now() + aheadMs).toUTCString();

	it("is learned from the answers' Date headers, once for each that says something new", () => {
		let told = 0;
		const stop = onServerTimeLearned(() => told++);
		learnServerTime(date(-2 * hourMs));
		expect(differs()).toBeGreaterThan(-2 * hourMs - 2_000);
		expect(differs()).toBeLessThan(-2 * hourMs + 2_000);
		learnServerTime(date(-2 * hourMs + 1_000));
		learnServerTime(null);
		learnServerTime("soon");
		expect(told).toBe(1);
		// Whole seconds and the way here are no difference.
		learnServerTime(date(-1_500));
		expect(Math.abs(differs())).toBeLessThan(50);
		expect(told).toBe(2);
		stop();
		learnServerTime(date(hourMs));
		expect(told).toBe(2);
		learnServerTime(date(0));
	});
});
