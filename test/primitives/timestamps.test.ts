import fc from "fast-check";
import { isoTime, parseTimestamp } from "../../server/primitives/timestamps.js";

/** Every moment of the years that have four digits, in every offset. */
const moments = fc.integer({ min: Date.UTC(1, 0, 2), max: Date.UTC(9999, 11, 30) });
const offsets = fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 });

const twoDigits = (number: number) => String(number).padStart(2, "0");

/** The moment as the clocks show it that are this many minutes ahead of UTC. */
function written(at: number, offsetMinutes: number): string {
	const local = isoTime(at + offsetMinutes * 60_000).slice(0, -1);
	const minutes = Math.abs(offsetMinutes);
	const sign = offsetMinutes < 0 ? "-" : "+";
	return `${local}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

describe("a time in RFC 3339", () => {
	it("is the same moment in every offset", () => {
		fc.assert(
			fc.property(moments, offsets, (at, offset) => {
				expect(parseTimestamp(written(at, offset))).toBe(at);
			}),
		);
	});

	it("can be written in lower case, and is read back as it was written", () => {
		fc.assert(
			fc.property(moments, (at) => {
				expect(parseTimestamp(isoTime(at))).toBe(at);
				expect(parseTimestamp(isoTime(at).toLowerCase())).toBe(at);
			}),
		);
	});

	it("loses what is finer than a millisecond", () => {
		expect(parseTimestamp("1970-01-01T00:00:01.0019Z")).toBe(1_001);
		expect(parseTimestamp("1970-01-01T00:00:01.1Z")).toBe(1_100);
	});

	it("is undefined where there is no such day, time or offset", () => {
		for (const text of [
			"2026-02-29T00:00:00Z",
			"2026-01-01T24:00:00Z",
			"2026-01-01T00:00:00+24:00",
			"2026-01-01T00:00:00+00:60",
			"2026-01-01T00:00:00",
			"0000-01-01T00:00:00+00:01",
			"9999-12-31T23:59:59-00:01",
		]) {
			expect([text, parseTimestamp(text)]).toEqual([text, undefined]);
		}
	});
});
