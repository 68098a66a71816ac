import { problemsOf, validatorOf } from "../../server/http/validators.js";
import { endpoints } from "../../shared/endpoints/index.js";
import {
	clearable,
	integer,
	list,
	object,
	optional,
	robloxId,
	type Shape,
	scope,
	text,
	timestamp,
} from "../../shared/schema.js";

function read(shape: Shape, value: unknown): unknown {
	return validatorOf(shape, { unknownFields: "ignore" }).parse(value);
}

function problems(shape: Shape, value: unknown, unknownFields: "ignore" | "reject" = "reject"): string[] {
	const { error } = validatorOf(shape, { unknownFields }).safeParse(value);
	return error === undefined ? [] : problemsOf(error).map(({ path, message }) => `${path}: ${message}`);
}

/** Which values are accepted is tested by the corpus (test/contract); this tests the output. */
describe("validated input", () => {
	test("has Roblox IDs as canonical text, however they were sent", () => {
		const ids = list(robloxId(), { maxItems: 9 });
		expect(read(ids, [5, "5", 9_007_199_254_740_991, "9223372036854775807"])).toEqual([
			"5",
			"5",
			"9007199254740991",
			"9223372036854775807",
		]);
	});

	test("distinguishes a cleared field from an absent one", () => {
		const shape = object({
			gone: clearable(text({ maxLength: 5 })),
			absent: optional(text({ maxLength: 5 })),
		});
		expect(read(shape, { gone: null, absent: null })).toStrictEqual({ gone: null, absent: undefined });
		expect(read(shape, [])).not.toHaveProperty("gone", null);
	});

	test("has a list or an object as the shape says, however an empty table was encoded", () => {
		expect(read(list(text({ maxLength: 5 }), { maxItems: 5 }), {})).toEqual([]);
		expect(read(object({}), [])).toEqual({});
	});

	test("has times in UTC, to the millisecond", () => {
		const read = (text: string) => validatorOf(timestamp(), { unknownFields: "reject" }).parse(text);
		expect(read("2026-01-01T00:00:00+02:00")).toBe("2025-12-31T22:00:00.000Z");
		expect(read("2026-03-01t12:00:00.1239z")).toBe("2026-03-01T12:00:00.123Z");
	});

	test("has no unknown fields", () => {
		expect(read(endpoints.verify.body, { placeId: 1, other: true })).toEqual({ placeId: "1" });
	});
});

describe("problems are reported", () => {
	const shape = object({
		name: text({ minLength: 1, maxLength: 5 }),
		ids: optional(list(robloxId(), { maxItems: 2 })),
		limit: optional(object({ of: integer({ minimum: 1, maximum: 9 }) })),
		until: optional(timestamp()),
		may: optional(scope()),
	});

	test("for every field at once, each under its path", () => {
		expect(
			problems(shape, { ids: [1, "x"], limit: { of: 0 }, until: "now", may: "all", more: 1, More: null }),
		).toEqual([
			"name: is required",
			"ids.1: must be a Roblox ID: a whole number from 1, as digits or as a number up to 2^53 - 1",
			"limit.of: must be a whole number from 1 to 9",
			"until: must be a time in RFC 3339, such as 2026-03-01T12:00:00Z or 2026-03-01T14:00:00+02:00",
			'may: must be resource.action in lower case, such as keys.read, or "*"',
			"more: is not a field of this endpoint",
		]);
	});

	test("in words about the value, not about the validator", () => {
		expect(problems(shape, { name: "" })).toEqual(["name: must be 1 to 5 characters long"]);
		expect(problems(shape, { name: 5 })).toEqual(["name: must be text"]);
		expect(problems(shape, { name: "a", ids: [1, 2, 3] })).toEqual(["ids: must have at most 2 entries"]);
		expect(problems(list(integer({ minimum: 1, maximum: 9 }), { minItems: 1, maxItems: 1 }), [])).toEqual([
			": must have at least 1 entry",
		]);
		expect(problems(shape, "text")).toEqual([": must be an object"]);
	});

	test("without ever repeating what was sent", () => {
		const secret = "plk_game_SECRET".repeat(30);
		const sent = { token: secret, scope: secret, placeId: secret };
		expect(JSON.stringify(problems(endpoints["keys.introspect"].body, sent))).not.toContain("SECRET");
	});
});
