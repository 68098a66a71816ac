import fc from "fast-check";
import {
	dateRangeError,
	parseFilters,
	queryOf,
	searchOf,
} from "../../server/dashboard/pages/audit/auditFilters.js";

describe("the filters of the audit log", () => {
	it("are read from the URL as they were written", () => {
		const text = fc.string({ minLength: 1, maxLength: 20 });
		const filters = fc.record(
			{ actor: text, action: text, target: text, key: text, from: text, to: text },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(filters, (given) => {
				const search = new URLSearchParams(searchOf(given));
				expect(parseFilters(new URLSearchParams(search.toString()))).toEqual({ ...given });
			}),
		);
	});

	it("cover whole local days, including the last one", () => {
		const { from, to } = queryOf({ from: "2026-11-20", to: "2026-11-21" });
		expect([from, to]).toEqual([new Date(2026, 10, 20).toISOString(), new Date(2026, 10, 22).toISOString()]);
		expect(queryOf({ from: "2026-12-31", to: "2026-12-31" }).to).toBe(new Date(2027, 0, 1).toISOString());
	});

	it("ignore an invalid date, and report dates in the wrong order", () => {
		expect(queryOf({ from: "soon" }).from).toBeUndefined();
		expect(dateRangeError({ from: "2026-11-21", to: "2026-11-20" })).toMatch(/before/);
		expect(dateRangeError({ from: "2026-11-21", to: "2026-11-21" })).toBeUndefined();
	});
});
