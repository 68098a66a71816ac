import fc from "fast-check";
import { type Modules, openModules } from "../modules.js";

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const longDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

function rfc850(date: Date): string {
	const [, day, month, year, time] = /^\w+, (\d\d) (\w+) \d\d(\d\d) (.*) GMT$/.exec(date.toUTCString()) ?? [];
	return `${longDays[date.getUTCDay()]}, ${day}-${month}-${year} ${time} GMT`;
}

function asctime(date: Date): string {
	const [, day, month, year, time] = /^\w+, (\d\d) (\w+) (\d{4}) (.*) GMT$/.exec(date.toUTCString()) ?? [];
	return `${days[date.getUTCDay()]} ${month} ${String(Number(day)).padStart(2, " ")} ${time} ${year}`;
}

const moments = fc
	.integer({ min: 0, max: Date.UTC(2069, 11, 31) / 1000 })
	.map((seconds) => ({ seconds, date: new Date(seconds * 1000) }));

describe("Retry-After", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const read = (cases: Array<{ value?: string; date?: string; now: number }>) =>
		modules.run(
			`local readRetryAfter = use("http/retryAfter").readRetryAfter
			local found = {}
			for index, case in input do
				local seconds = readRetryAfter(case.value, case.date, case.now)
				found[index] = if seconds == nil then "nothing" else seconds
			end
			return found`,
			cases,
		);

	test("is read as whole seconds, with or without spaces around them", async () => {
		expect(
			await read([
				{ value: "120", now: 0 },
				{ value: "  7 ", now: 0 },
				{ value: "0", now: 0 },
			]),
		).toEqual([120, 7, 0]);
	});

	test("that is unreadable counts as absent", async () => {
		const texts = [
			"",
			"soon",
			"-5",
			"1.5",
			"1e3",
			"5 seconds",
			"Sun, 06 Foo 1994 08:49:37 GMT",
			"Sun, 06 Nov 1994",
		];
		expect(await read([...texts.map((value) => ({ value, now: 0 })), { now: 0 }])).toEqual(
			Array(texts.length + 1).fill("nothing"),
		);
	});

	test.each([
		["IMF-fixdate", (date: Date) => date.toUTCString()],
		["RFC 850", rfc850],
		["asctime", asctime],
	])("is read as a date in the format %s", async (_, write) => {
		await fc.assert(
			fc.asyncProperty(fc.array(moments, { minLength: 50, maxLength: 50 }), async (all) => {
				const found = await read(all.map(({ date }) => ({ value: write(date), now: 0 })));
				expect(found).toEqual(all.map(({ seconds }) => seconds));
			}),
			{ numRuns: 10 },
		);
	});

	test("as a date counts from the response's own Date, not from this server's clock", async () => {
		const date = "Sat, 21 Nov 2026 10:00:00 GMT";
		const value = "Sat, 21 Nov 2026 10:00:09 GMT";
		expect(await read([{ value, date, now: 0 }])).toEqual([9]);
		expect(await read([{ value, now: Date.UTC(2026, 10, 21, 10, 0, 4) / 1000 }])).toEqual([5]);
	});

	test("in the past means no wait", async () => {
		expect(await read([{ value: "Sun, 06 Nov 1994 08:49:37 GMT", now: 1_800_000_000 }])).toEqual([0]);
	});
});
