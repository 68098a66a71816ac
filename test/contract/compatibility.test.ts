import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { type ErrorEntry, errors } from "../../shared/errors.js";
import {
	anyOf,
	boolean,
	choice,
	clearable,
	integer,
	list,
	literal,
	object,
	openChoice,
	optional,
	robloxId,
	type Shape,
	text,
	timestamp,
} from "../../shared/schema.js";
import { breakingChanges } from "./compatibility.js";
import { type Contract, snapshotOf } from "./snapshot.js";

const folder = join(__dirname, "released");
const versions = readdirSync(folder).filter((file) => file.endsWith(".json"));

describe("the current contract", () => {
	test.each(versions)("breaks no SDK built for %s", (file) => {
		const released = JSON.parse(readFileSync(join(folder, file), "utf8")) as Contract;
		expect(breakingChanges(released, snapshotOf(endpoints, errors))).toEqual([]);
	});

	test("is checked against a released version, which survives JSON", () => {
		expect(versions).toContain("v1.json");
		const now = snapshotOf(endpoints, errors);
		expect(breakingChanges(JSON.parse(JSON.stringify(now)), now)).toEqual([]);
	});
});

const endpoint: Endpoint = {
	name: "thing.do",
	method: "POST",
	path: "/v1/things/:id",
	caller: "game",
	idempotent: true,
	summary: "Do it",
	params: object({ id: text({ maxLength: 10 }) }),
	body: object({ known: optional(integer({ minimum: 1, maximum: 5 })) }),
	status: 200,
	response: object({ done: boolean() }),
	errors: [],
};
const failure: ErrorEntry = { status: 409, title: "", fix: "", retry: false };

/** What this change of the endpoint breaks. */
function afterwards(change: Partial<Endpoint>, before: Partial<Endpoint> = {}): string[] {
	const then = snapshotOf({ "thing.do": { ...endpoint, ...before } }, { failure });
	return breakingChanges(then, snapshotOf({ "thing.do": { ...endpoint, ...change } }, { failure }));
}

function requestChange(before: Shape, now: Shape): string[] {
	return afterwards({ body: object({ field: now }) }, { body: object({ field: before }) });
}

function answerChange(before: Shape, now: Shape): string[] {
	return afterwards({ response: object({ field: now }) }, { response: object({ field: before }) });
}

describe("an endpoint breaks existing callers", () => {
	test("when it or an error is removed, or an error changes its meaning", () => {
		const before = snapshotOf({ "thing.do": endpoint }, { failure });
		expect(breakingChanges(before, snapshotOf({}, { failure }))).toEqual(["thing.do was removed"]);
		const with_ = (now: Record<string, ErrorEntry>) =>
			breakingChanges(before, snapshotOf({ "thing.do": endpoint }, now));
		expect(with_({})).toEqual(["the error failure was removed"]);
		expect(with_({ failure: { ...failure, status: 410 } })).toEqual(["the error failure changed its status"]);
		expect(with_({ failure: { ...failure, retry: true } })).toHaveLength(1);
		expect(with_({ failure: { ...failure, title: "Better words" }, more: failure })).toEqual([]);
	});

	test.each<[string, Partial<Endpoint>, string]>([
		["method", { method: "PUT" }, "thing.do changed its method from POST to PUT"],
		["path", { path: "/v2/things/:id" }, "thing.do changed its path from /v1/things/:id to /v2/things/:id"],
		["caller", { caller: "admin" }, "thing.do changed its caller from game to admin"],
		["status", { status: 201 }, "thing.do changed its status from 200 to 201"],
		["scope", { scope: "keys.read" }, "thing.do asks for the scope keys.read"],
		["idempotence", { idempotent: false }, "thing.do is no longer idempotent, and is retried"],
		["body", { body: undefined }, "thing.do body.known is not known any more"],
		["answer", { response: undefined }, "thing.do answers without a body"],
	])("when its %s changes", (_what, change, problem) => {
		expect(afterwards(change)).toEqual([problem]);
	});

	test("but not when it requires less, or only its texts change", () => {
		expect(afterwards({ summary: "Do it well", description: "Really.", errors: ["name_taken"] })).toEqual([]);
		expect(afterwards({}, { scope: "keys.read", idempotent: false })).toEqual([]);
		expect(afterwards({}, { response: undefined })).toEqual([]);
	});
});

const short = text({ maxLength: 5 });
const long = text({ maxLength: 9 });

/** Each change breaks requests in one direction and responses in the other. */
const narrowings: Array<[string, wide: Shape, narrow: Shape]> = [
	["the longest text", long, short],
	["the shortest text", text({ maxLength: 9 }), text({ minLength: 1, maxLength: 9 })],
	["the range of a number", integer({ minimum: 0, maximum: 9 }), integer({ minimum: 1, maximum: 9 })],
	["the end of the range", integer({ minimum: 0, maximum: 9 }), integer({ minimum: 0, maximum: 8 })],
	["the values of a choice", choice(["a", "b"]), choice(["a"])],
	["whether a choice is open", openChoice(["a", "b"]), choice(["a", "b"])],
	["the length of a list", list(short, { maxItems: 5 }), list(short, { maxItems: 4 })],
	["the fewest entries", list(short, { maxItems: 5 }), list(short, { minItems: 1, maxItems: 5 })],
	["what is in a list", list(long, { maxItems: 5 }), list(short, { maxItems: 5 })],
	["whether a field is required", optional(short), short],
	[
		"a field deep inside",
		object({ in: object({ it: optional(short) }) }),
		object({ in: object({ it: short }) }),
	],
	[
		"the objects to choose from",
		anyOf([object({ a: literal(true) }), object({ a: literal(false) })]),
		anyOf([object({ a: literal(true) })]),
	],
];

describe.each(narrowings)("a change of %s", (_what, wide, narrow) => {
	test("can widen a request and narrow a response", () => {
		expect(requestChange(narrow, wide)).toEqual([]);
		expect(answerChange(wide, narrow)).toEqual([]);
		expect(requestChange(wide, wide)).toEqual([]);
	});

	test("cannot narrow a request or widen a response", () => {
		expect(requestChange(wide, narrow)).toHaveLength(1);
		expect(answerChange(narrow, wide)).toHaveLength(1);
	});
});

describe("a field", () => {
	const fields = (names: Record<string, Shape>) => object(names);

	test("can be added to a response, and to a request if it is optional", () => {
		expect(afterwards({ response: fields({ done: boolean(), more: short }) })).toEqual([]);
		expect(afterwards({ body: fields({ ...endpoint.body?.fields, more: optional(short) }) })).toEqual([]);
		expect(afterwards({ body: fields({ ...endpoint.body?.fields, more: short }) })).toEqual([
			"thing.do body.more may be missing",
		]);
	});

	test("cannot be removed from a request, or from a response that always had it", () => {
		expect(afterwards({ response: fields({}) })).toEqual(["thing.do response.done may be missing"]);
		expect(afterwards({ response: fields({}) }, { response: fields({ done: optional(boolean()) }) })).toEqual(
			[],
		);
		expect(afterwards({ body: fields({}) })).toEqual(["thing.do body.known is not known any more"]);
	});

	test("cannot change its type or stop being clearable", () => {
		expect(requestChange(robloxId(), timestamp())).toEqual([
			"thing.do body.field is a robloxId where a timestamp is wanted",
		]);
		expect(requestChange(clearable(short), optional(short))).toEqual([
			"thing.do body.field cannot be cleared any more",
		]);
		expect(requestChange(optional(short), clearable(short))).toEqual([]);
		expect(answerChange(openChoice(["a"]), literal("b"))).toEqual([]);
	});
});
