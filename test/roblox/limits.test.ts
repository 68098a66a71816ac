import type { Fault } from "../support/faultServer.js";
import { problemResponse, verifiedResponse } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("a backend that stays dead", () => {
	let game: Game;
	afterEach(() => game.close());

	test("costs only one trial per backoff step after five failed calls", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		expect(game.backend.received).toHaveLength(5);
		const rejected = await game.start("return placelock:verify()");
		expect(rejected.error).toMatchObject({ kind: "network", code: "ConnectionClosed", attempts: 0 });
		expect(rejected.error.retryAfterSeconds).toBeGreaterThan(0);
		await game.lua("for _ = 1, 600 do placelock:verify() task.wait(0.1) end");
		// A minute has room for steps of 0.5, 1, 2, 4 and then 8 s, each at least half as long.
		const trials = game.backend.received.length - 5;
		expect(trials).toBeGreaterThanOrEqual(8);
		expect(trials).toBeLessThanOrEqual(18);
	});

	test("returns the last verification to callers meanwhile", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0, cacheSeconds: 0 } });
		await game.verify();
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		const sent = game.backend.received.length;
		expect(await game.start("return placelock:verify()")).toMatchObject({ ok: true, stale: true });
		expect(game.backend.received).toHaveLength(sent);
	});

	test("is used again as soon as a trial succeeds", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0, cacheSeconds: 0 } });
		game.backend.always("drop");
		for (let call = 0; call < 6; call++) await game.verify();
		game.backend.always(verifiedResponse());
		await game.server.advance(0.5);
		expect(await game.verify()).toMatchObject({ ok: true });
		expect(await game.verify()).toMatchObject({ ok: true });
	});

	test("that hangs keeps one trial waiting at a time, and no other thread", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("hang");
		await game.start(`
			for _ = 1, 5 do task.spawn(function() placelock:request({ path = "/shop" }) end) end
			for _ = 1, 5 do
				task.spawn(function() placelock:call(Placelock.endpoints.verify) end)
			end`);
		await game.server.advance(12, { awaitHttp: false });
		const before = await game.server.alive();
		expect(before).toMatchObject({ threads: 0, requests: 0 });
		const calls = game.start(`
			local worst = 0
			_G.running = 0
			for _ = 1, 60 do
				for _, call in {
					function() placelock:request({ path = "/shop" }) end,
					function() placelock:verify() end,
				} do
					task.spawn(function()
						_G.running += 1
						call()
						_G.running -= 1
					end)
				end
				worst = math.max(worst, _G.running)
				task.wait(0.25)
			end
			return worst`);
		await game.server.advance(15.5, { awaitHttp: false });
		expect(await calls).toBeLessThanOrEqual(2);
		// Two circuits, each with two trials of 10 s in 15 s at most.
		expect(game.times().filter((at) => at >= 12).length).toBeLessThanOrEqual(4);
		await game.server.advance(12, { awaitHttp: false });
	});

	test("returns the last verification to a caller during a trial, without a wait", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0, cacheSeconds: 0 } });
		await game.verify();
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		game.backend.always("hang");
		await game.server.advance(1);
		const trial = game.start("return placelock:verify()");
		const others = await game.start(
			"return { placelock:verify(), placelock:verify({ fresh = true }), os.clock() }",
		);
		expect(others[0]).toMatchObject({ ok: true, stale: true, fromCache: true });
		expect(others[1]).toMatchObject({ ok: true, stale: true, fromCache: true });
		await game.server.advance(11, { awaitHttp: false });
		expect(await trial).toMatchObject({ ok: true, stale: true });
	});

	test("returns the last error to a caller during a trial if nothing was verified", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		game.backend.always("hang");
		await game.server.advance(1);
		const trial = game.start("return placelock:verify()");
		expect(await game.start("return placelock:verify()")).toMatchObject({
			ok: false,
			error: { kind: "network", code: "ConnectionClosed", attempts: 0 },
		});
		await game.server.advance(11, { awaitHttp: false });
		await trial;
	});

	test("gets one attempt, not four, during a trial", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problemResponse(503, "unavailable"));
		for (let call = 0; call < 5; call++) await game.verify();
		expect(game.backend.received).toHaveLength(20);
		await game.server.advance(0.5);
		expect((await game.verify()).error).toMatchObject({ attempts: 1 });
		expect(game.backend.received).toHaveLength(21);
	});
});

describe("a server that sends Retry-After", () => {
	let game: Game;
	afterEach(() => game.close());

	const spent = problemResponse(429, "quota_exceeded", { "retry-after": "86400" });

	test("gets no request before then, from any caller", async () => {
		game = await startGame({ connect: { maxAttempts: 1, cacheSeconds: 0 } });
		await game.verify();
		game.backend.always(spent);
		await game.lua("for _ = 1, 200 do placelock:verify() task.wait(0.1) end");
		expect(game.backend.received).toHaveLength(2);
		expect(await game.verify()).toMatchObject({ ok: true, stale: true, fromCache: true });
		const call = await game.lua("return placelock:call(Placelock.endpoints.verify)");
		expect(call.error).toMatchObject({ kind: "limited", code: "quota_exceeded", attempts: 0 });
		expect(call.error.retryAfterSeconds).toBeGreaterThan(86_000);
		await game.server.advance(80_000);
		expect(game.backend.received).toHaveLength(2);
		expect(await game.status()).toBe("unreachable");
		game.backend.always(verifiedResponse());
		await game.server.advance(6_500);
		expect(await game.status()).toBe("verified");
	});

	test("gets no renewal before then, although one is due", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 300 } });
		game.backend.always(problemResponse(503, "unavailable", { "retry-after": "400" }));
		await game.verify();
		await game.server.advance(399);
		expect(game.backend.received).toHaveLength(1);
		await game.server.advance(2);
		expect(game.backend.received).toHaveLength(2);
	});

	test("is respected for at most a day", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.next(problemResponse(429, "quota_exceeded", { "retry-after": "99999999" }));
		expect((await game.verify()).error.retryAfterSeconds).toBe(86_400);
		await game.server.advance(86_401);
		expect((await game.verify()).ok).toBe(true);
	});

	test("holds back either your own routes or verification, each by itself", async () => {
		game = await startGame({ connect: { maxAttempts: 1, cacheSeconds: 0, reverifySeconds: 0 } });
		game.backend.next(spent);
		const shop = () => game.lua(`return placelock:request({ path = "/shop" })`);
		expect((await shop()).error).toMatchObject({ code: "quota_exceeded", attempts: 1 });
		expect((await shop()).error).toMatchObject({ code: "quota_exceeded", attempts: 0 });
		expect((await game.verify()).ok).toBe(true);
		await game.close();
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.next(spent);
		expect((await game.verify()).error).toMatchObject({ attempts: 1 });
		expect((await game.verify()).error).toMatchObject({ attempts: 0 });
		expect((await shop()).ok).toBe(true);
	});

	test("closes the circuit with its response", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		game.backend.always(problemResponse(429, "rate_limited", { "retry-after": "3" }));
		await game.lua("for _ = 1, 30 do placelock:verify() task.wait(0.1) end");
		expect(game.backend.received).toHaveLength(6);
	});
});

describe("a broken route of your own", () => {
	let game: Game;
	afterEach(() => game.close());

	test.each<[string, Fault]>([
		["returns 501", problemResponse(501, "not_built")],
		["returns 503", problemResponse(503, "unavailable")],
		["drops the connection", "drop"],
	])("that %s does not stop verification", async (_, fault) => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always(({ path }) => (path === "/shop" ? fault : verifiedResponse()));
		for (let call = 0; call < 8; call++) await game.start(`return placelock:request({ path = "/shop" })`);
		expect(await game.start("return placelock:verify()")).toMatchObject({ ok: true });
	});
});

describe("the module's share of the requests", () => {
	let game: Game;
	afterEach(() => game.close());

	test("returns budget when it is used up, and refills", async () => {
		game = await startGame({ connect: { requestsPerMinute: 3, reverifySeconds: 0 } });
		const results = await game.start(`
			local kinds = {}
			for index = 1, 4 do
				local result = placelock:request({ path = "/shop" })
				kinds[index] = if result.ok then "ok" else result.error.kind .. " " .. result.error.retryAfterSeconds
			end
			return kinds`);
		expect(results.slice(0, 3)).toEqual(["ok", "ok", "ok"]);
		expect(results[3]).toMatch(/^budget (19\.\d+|20)$/);
		await game.server.advance(20.1);
		expect((await game.verify()).ok).toBe(true);
		expect((await game.lua(`return placelock:request({ path = "/shop" })`)).error.kind).toBe("budget");
	});

	test("is also used for retries; a call without budget for one returns its own failure", async () => {
		game = await startGame({ connect: { requestsPerMinute: 2, reverifySeconds: 0 } });
		game.backend.always(problemResponse(503, "unavailable"));
		expect((await game.verify()).error).toMatchObject({ kind: "server", code: "unavailable", attempts: 2 });
	});

	test("is not used for 30 seconds after Roblox's own limit was reached", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		await game.server.http.failNext("Number of requests exceeded limit");
		const first = await game.start("return placelock:verify()");
		expect(first.error).toMatchObject({
			kind: "limited",
			code: "RequestLimit",
			retryAfterSeconds: 30,
			attempts: 1,
		});
		expect(game.now()).toBe(0);
		await game.server.advance(29);
		expect((await game.start("return placelock:verify()")).error).toMatchObject({
			kind: "limited",
			code: "RequestLimit",
			attempts: 0,
		});
		expect(game.backend.received).toHaveLength(0);
		await game.server.advance(1.1);
		expect((await game.verify()).ok).toBe(true);
	});
});
