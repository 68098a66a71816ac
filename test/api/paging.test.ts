import fc from "fast-check";
import { pageRequest, readCursor, writeCursor } from "../../server/api/paging.js";
import { Problem } from "../../server/core/problem.js";

const position = fc.record({
	createdAt: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
	id: fc.stringMatching(/^[0-9A-Za-z_]{1,64}$/),
});

describe("a cursor", () => {
	it("reads back as the position it was written for, and is safe in a URL", () => {
		fc.assert(
			fc.property(position, (where) => {
				const cursor = writeCursor(where);
				expect(readCursor(cursor)).toEqual(where);
				expect(encodeURIComponent(cursor)).toBe(cursor);
				expect(cursor.length).toBeLessThanOrEqual(512);
			}),
		);
	});

	it("that was never returned is rejected as an invalid query", () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: "binary" })), (text) => {
				const found = readCursor(text);
				if (found !== undefined) expect(writeCursor(found)).toBe(text);
				else expect(pageRequest({ cursor: text })).toBeInstanceOf(Problem);
			}),
			{ numRuns: 1_000 },
		);
	});

	it("changed in any character is invalid or another valid position", () => {
		fc.assert(
			fc.property(position, fc.nat(), fc.constantFrom(..."AZaz09-_=+/ "), (where, at, to) => {
				const cursor = writeCursor(where);
				const place = at % cursor.length;
				const found = readCursor(cursor.slice(0, place) + to + cursor.slice(place + 1));
				if (found === undefined) return;
				expect(Number.isSafeInteger(found.createdAt)).toBe(true);
				expect(found.id).toMatch(/^[0-9A-Za-z_]{1,64}$/);
			}),
		);
	});

	it.each([
		"9007199254740993:a",
		"007:a",
		"1:",
		":a",
		"1:a b",
		"1:a\n",
		"-1:a",
		"1e3:a",
		`1:${"a".repeat(65)}`,
	])("for %j is refused", (text) => {
		expect(readCursor(Buffer.from(text).toString("base64url"))).toBeUndefined();
	});
});
