import { ApiProblem } from "../../server/dashboard/api/problem.js";
import { formatRemaining } from "../../server/dashboard/pages/keys/formatRemaining.js";
import type { Key } from "../../server/dashboard/pages/keys/key.js";
import {
	changesTo,
	emptyKey,
	keyFieldErrors,
	newKey,
	separate,
	valuesOf,
} from "../../server/dashboard/pages/keys/keyForm.js";
import { compatibleScopes, offeredScopes } from "../../server/dashboard/pages/keys/offeredScopes.js";
import { requestsByDay } from "../../server/dashboard/pages/keys/requestsByDay.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";

const now = new Date("2026-11-21T12:00:00Z");
const key: Key = {
	id: "k1",
	kind: "game",
	status: "active",
	name: "Live servers",
	description: "Of the released game",
	tokenStart: "plk_game_k1",
	scopes: ["shop.write"],
	placeIds: ["123456"],
	allowedIps: [],
	expiresAt: "2026-12-24T18:00:30.500Z",
	rateLimit: { limit: 10, windowSeconds: 60 },
	createdAt: "2026-11-01T00:00:00.000Z",
	updatedAt: "2026-11-01T00:00:00.000Z",
};

describe("the form for a key", () => {
	it("creates a key with only a name by default", () => {
		expect(JSON.parse(JSON.stringify(newKey({ ...emptyKey, name: " Live " }, now)))).toEqual({
			name: "Live",
			kind: "game",
			scopes: [],
			placeIds: [],
			allowedIps: [],
		});
	});

	it("counts an expiry from the given time, so that a retry is identical", () => {
		const { expiresAt } = newKey({ ...emptyKey, name: "a", expiry: "30" }, now);
		expect(expiresAt).toBe("2026-12-21T12:00:00.000Z");
	});

	it("changes nothing if nothing was edited", () => {
		expect(changesTo(key, valuesOf(key), now)).toEqual({});
	});

	it("changes what was edited, and clears what was emptied", () => {
		const values = {
			...valuesOf(key),
			description: " ",
			restrictPlaces: false,
			expiry: "never" as const,
			rateLimit: { limit: "", windowSeconds: 60 },
			quota: { limit: 5, period: "day" as const },
		};
		expect(changesTo(key, values, now)).toEqual({
			description: null,
			placeIds: [],
			expiresAt: null,
			rateLimit: null,
			quota: { limit: 5, period: "day" },
		});
	});

	it("splits several ranges that were pasted together", () => {
		expect(separate(["10.0.0.1, 10.0.0.2\n10.0.0.3", "10.0.0.1"])).toEqual([
			"10.0.0.1",
			"10.0.0.2",
			"10.0.0.3",
		]);
	});

	it("shows the server's messages beside the fields, naming the item of a list", () => {
		const errors = [
			{ path: "allowedIps.1", message: "must be an address" },
			{ path: "expiresAt", message: "must be in the future" },
			{ path: "rateLimit.limit", message: "must be at least 1" },
		];
		const problem = new ApiProblem({ code: "validation_failed", title: "", fix: "", errors });
		expect(keyFieldErrors(problem, { ...emptyKey, allowedIps: ["10.0.0.1", "x"] })).toEqual({
			allowedIps: "x: must be an address.",
			expiresOn: "Must be in the future.",
			"rateLimit.limit": "Must be at least 1.",
		});
	});

	it("shows a taken name beside the name", () => {
		const detail = 'Another key that is not revoked is named "Live".';
		const problem = new ApiProblem({ code: "name_taken", title: "", fix: "", detail });
		expect(keyFieldErrors(problem, emptyKey)).toEqual({ name: detail });
	});
});

describe("the offered scopes", () => {
	it("are those that the kind of key can use", () => {
		expect(offeredScopes("service")).toContain("keys.introspect");
		expect(offeredScopes("game")).toEqual([]);
		for (const kind of ["game", "service"] as const) expect(offeredScopes(kind)).not.toContain("keys.write");
	});

	it("are only those that an endpoint requires", () => {
		const required = new Set<unknown>(Object.values(endpoints).map((endpoint: Endpoint) => endpoint.scope));
		for (const kind of ["game", "service"] as const) {
			expect(offeredScopes(kind).filter((scope) => !required.has(scope))).toEqual([]);
		}
	});

	it("drop what another kind cannot use, and keep custom ones", () => {
		expect(compatibleScopes("game", ["keys.introspect", "bans.read", "shop.write", "*"])).toEqual([
			"bans.read",
			"shop.write",
			"*",
		]);
	});
});

it.each([
	[0, "0 s"],
	[59_900, "59 s"],
	[60_000, "1 min"],
	[86_399_000, "23 h 59 min"],
	[2_592_000_000, "30 d"],
	[90_061_000, "1 d 1 h"],
])("formats %i ms as %s", (ms, words) => {
	expect(formatRemaining(ms)).toBe(words);
});

it("includes days without requests", () => {
	const usage = {
		from: "2026-11-19T00:00:00Z",
		to: "2026-11-22T00:00:00Z",
		buckets: [{ at: "2026-11-20T00:00:00.000Z", verified: 2, denied: 1 }],
	};
	expect(requestsByDay(usage)).toEqual([
		{ day: "19 Nov", Verified: 0, Denied: 0 },
		{ day: "20 Nov", Verified: 2, Denied: 1 },
		{ day: "21 Nov", Verified: 0, Denied: 0 },
	]);
});
