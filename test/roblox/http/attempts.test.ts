import fc from "fast-check";
import { answers, type Fault } from "../../support/faultServer.js";
import { problemResponse, verifiedResponse } from "../backend.js";
import { type Game, startGame } from "../game.js";

describe("a call over the network", () => {
	let game: Game;
	afterEach(() => game.close());

	test("that succeeds returns what the server returned", async () => {
		game = await startGame();
		expect(await game.verify()).toMatchObject({
			ok: true,
			value: { workspace: { id: "wsp_1", name: "Harbour" }, place: { id: "123456", proof: "header" } },
		});
	});

	test.each<[string, Fault, object]>([
		[
			"a revoked key",
			problemResponse(401, "key_revoked"),
			{ kind: "denied", code: "key_revoked", status: 401 },
		],
		[
			"a place that is not allowed",
			problemResponse(403, "place_not_allowed"),
			{ kind: "denied", code: "place_not_allowed" },
		],
		["a code of a newer server", problemResponse(403, "moon_phase"), { kind: "denied", code: "moon_phase" }],
		[
			"an invalid request",
			problemResponse(400, "validation_failed"),
			{ kind: "invalid", code: "validation_failed" },
		],
		[
			"an unknown path",
			problemResponse(404, "not_found"),
			{ kind: "invalid", code: "not_found", requestId: "req_1" },
		],
		["a failure that stays", problemResponse(501, "not_built"), { kind: "server", code: "not_built" }],
		["HTML", answers.html(), { kind: "protocol", code: "response_not_json" }],
		["an empty body", { status: 200 }, { kind: "protocol", code: "response_empty" }],
		["no content", { status: 204 }, { kind: "protocol", code: "response_empty" }],
		["a list", { status: 200, body: [1, 2] }, { kind: "protocol", code: "response_shape" }],
		[
			"another shape",
			verifiedResponse({ key: { id: 7 } }),
			{ kind: "protocol", code: "response_shape", status: 200 },
		],
		["a status without a body", { status: 304 }, { kind: "protocol", code: "http_304" }],
	])("that gets %s is not sent again", async (_, reply, error) => {
		game = await startGame();
		game.backend.always(reply);
		const result = await game.verify();
		expect(result).toMatchObject({ ok: false, error: { ...error, attempts: 1 } });
		expect(game.backend.received).toHaveLength(1);
	});

	test("that gets any JSON returns a result", async () => {
		game = await startGame({ connect: { requestsPerMinute: 500 } });
		const knownFields = fc.constantFrom(
			"workspace",
			"key",
			"place",
			"cacheSeconds",
			"serverTime",
			"id",
			"name",
			"scopes",
		);
		const bodies = fc.oneof(fc.jsonValue(), fc.dictionary(knownFields, fc.jsonValue()));
		for (const body of fc.sample(bodies, 100)) {
			game.backend.next({ status: 200, body: JSON.stringify(body) });
			const { ok, error } = await game.verify("{ fresh = true }");
			expect(ok).toBe(false);
			if (error.attempts > 0) expect(error.kind).toBe("protocol");
			await game.server.advance(8);
		}
	});

	test("that is redirected to a page returns protocol", async () => {
		game = await startGame();
		game.backend.always(({ path }) =>
			path === "/v1/verify" ? { status: 302, headers: { location: "/login" } } : answers.html(),
		);
		expect((await game.verify()).error).toMatchObject({ kind: "protocol", code: "response_not_json" });
	});

	test("that is redirected forever returns protocol", async () => {
		game = await startGame();
		game.backend.always({ status: 307, headers: { location: "/v1/verify" } });
		expect((await game.verify()).error).toMatchObject({
			kind: "protocol",
			code: "TooManyRedirects",
			attempts: 1,
		});
	});

	test.each<[string, Fault, string]>([
		["500", problemResponse(500, "internal"), "internal"],
		["502 of a proxy", answers.html(502), "http_502"],
		["503", problemResponse(503, "unavailable"), "unavailable"],
		["504", { status: 504 }, "http_504"],
		["408", { status: 408 }, "http_408"],
		["429", problemResponse(429, "rate_limited"), "rate_limited"],
		["a dropped connection", "drop", "ConnectionClosed"],
		["a body cut off in the middle", "cut", "ConnectionClosed"],
	])("that gets %s is sent again until it succeeds", async (_, reply, code) => {
		game = await startGame();
		game.backend.next(reply, reply, reply);
		expect((await game.verify()).ok).toBe(true);
		expect(game.backend.received).toHaveLength(4);
		game.backend.always(reply);
		expect(await game.verify("{ fresh = true }")).toMatchObject({ ok: true, stale: true });
		expect(game.backend.received).toHaveLength(8);
		const lastError = (await game.lua("return placelock:getVerification().error")) as object;
		expect(lastError).toMatchObject({ code, attempts: 4 });
	});

	test("waits between attempts within the backoff steps", async () => {
		game = await startGame({ connect: { maxAttempts: 5, deadlineSeconds: 60 } });
		game.backend.always(problemResponse(503, "unavailable"));
		await game.verify();
		const times = game.times();
		expect(times).toHaveLength(5);
		[0.5, 1, 2, 4].forEach((step, index) => {
			const wait = (times[index + 1] as number) - (times[index] as number);
			expect(wait).toBeLessThanOrEqual(step + 0.02);
		});
	});

	test.each([
		["Retry-After", "6"],
		["retry-after", "6"],
		["RETRY-AFTER", " 6 "],
	])("waits out %s: %s", async (name, seconds) => {
		game = await startGame();
		game.backend.next(problemResponse(503, "unavailable", { [name]: seconds }));
		expect((await game.verify()).ok).toBe(true);
		expect(game.times()[1]).toBeCloseTo(6, 1);
	});

	test("waits out Retry-After as a date, counted from the response's own clock", async () => {
		game = await startGame({ server: { startedAt: 0 } });
		game.backend.next(
			problemResponse(429, "rate_limited", {
				date: "Sat, 21 Nov 2026 10:00:00 GMT",
				"retry-after": "Sat, 21 Nov 2026 10:00:07 GMT",
			}),
		);
		expect((await game.verify()).ok).toBe(true);
		expect(game.times()[1]).toBeCloseTo(7, 1);
	});

	test("ends without a wait when the wait would not fit into the deadline", async () => {
		game = await startGame({ connect: { deadlineSeconds: 20 } });
		game.backend.always(problemResponse(503, "unavailable", { "retry-after": "20" }));
		const result = await game.start("return placelock:verify()");
		expect(result.error).toMatchObject({ code: "unavailable", retryAfterSeconds: 20, attempts: 1 });
		expect(game.now()).toBe(0);
	});

	test("without a response ends by its deadline, and each request by its timeout", async () => {
		game = await startGame({ connect: { timeoutSeconds: 7, deadlineSeconds: 20 } });
		game.backend.always("hang");
		const ended = game.start(
			"local startedAt = os.clock() return { result = placelock:verify(), at = os.clock() - startedAt }",
		);
		await game.server.advance(60, { awaitHttp: false });
		const { result, at } = await ended;
		expect(result.error).toMatchObject({ kind: "network", code: "TimedOut" });
		expect(result.error.attempts).toBe(3);
		expect(at).toBeLessThanOrEqual(20.1);
		expect(at).toBeGreaterThan(14);
	});

	test("lets Roblox time a request out before the module gives up", async () => {
		game = await startGame({ connect: { timeoutSeconds: 7, maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("hang");
		const ended = game.start("local startedAt = os.clock() placelock:verify() return os.clock() - startedAt");
		await game.server.advance(9, { awaitHttp: false });
		expect(await ended).toBeCloseTo(7, 1);
	});

	test("does not wait past its own timeout when Roblox stalls a request over its limit", async () => {
		game = await startGame({
			connect: { timeoutSeconds: 5, maxAttempts: 1 },
			server: { requestLimit: 1, overLimit: "stall" },
		});
		await game.verify();
		const before = game.now();
		const stalled = game.start("return placelock:verify({ fresh = true })");
		await game.server.advance(6.5);
		expect(await stalled).toMatchObject({ ok: true, stale: true });
		expect(game.now() - before).toBeLessThan(7);
	});

	test("to a closed port or a host without an address returns network", async () => {
		game = await startGame({ url: "http://127.0.0.1:1025" });
		expect((await game.verify()).error).toMatchObject({ kind: "network", code: "ConnectFail", attempts: 4 });
		await game.close();
		game = await startGame({ url: "https://keys.nowhere.example" });
		expect((await game.verify()).error).toMatchObject({ kind: "network", code: "DnsResolve", attempts: 4 });
	});

	test("with HTTP requests off is not retried, and its message says where to turn them on", async () => {
		game = await startGame({ server: { httpEnabled: false } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "HttpDisabled", attempts: 1 });
		expect(error.message).toContain("Allow HTTP Requests");
		expect(game.now()).toBe(0);
	});
});
