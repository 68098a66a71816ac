import { answers } from "../support/faultServer.js";
import { jsonBody, problemResponse, verifiedBody, verifiedResponse } from "./backend.js";
import { type Game, startGame } from "./game.js";

const down = problemResponse(503, "unavailable");

describe("a verification", () => {
	let game: Game;
	afterEach(() => game.close());

	test("is unknown before the first request, and verified once the server verified the key", async () => {
		game = await startGame();
		expect(await game.status()).toBe("unknown");
		expect(await game.lua("return placelock:isVerified()")).toBe(false);
		await game.verify();
		expect(await game.lua("return placelock:getVerification()")).toMatchObject({
			status: "verified",
			stale: false,
			value: verifiedBody,
			verifiedAt: expect.any(Number),
		});
		expect(await game.lua("return placelock:isVerified()")).toBe(true);
		expect(await game.states()).toEqual(["verified"]);
	});

	test("sends nothing while it is fresh, and is renewed afterwards", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		expect(await game.verify()).not.toHaveProperty("fromCache");
		await game.server.advance(59);
		expect(await game.verify()).toMatchObject({ ok: true, fromCache: true });
		expect(game.backend.received).toHaveLength(1);
		await game.server.advance(2);
		expect(await game.verify()).not.toHaveProperty("fromCache");
		expect(game.backend.received).toHaveLength(2);
	});

	test.each([
		["the server's cacheSeconds if that is shorter", { connect: {}, server: 5 }],
		["the option's cacheSeconds if that is shorter", { connect: { cacheSeconds: 5 }, server: 60 }],
	])("is fresh for %s", async (_, { connect, server }) => {
		game = await startGame({ connect });
		game.backend.always(verifiedResponse({ cacheSeconds: server }));
		await game.verify();
		await game.server.advance(4.9);
		await game.verify();
		expect(game.backend.received).toHaveLength(1);
		await game.server.advance(0.2);
		await game.verify();
		expect(game.backend.received).toHaveLength(2);
	});

	test("can be renewed while it is fresh", async () => {
		game = await startGame();
		await game.verify();
		await game.verify("{ fresh = true }");
		expect(game.backend.received).toHaveLength(2);
	});

	test("is one request for fifty scripts at the same time, and all get its result", async () => {
		game = await startGame();
		const askAll = `
			local done = {}
			for _ = 1, 50 do task.spawn(function() table.insert(done, placelock:verify().ok) end) end
			while #done < 50 do task.wait() end
			local verified = 0
			for _, ok in done do if ok then verified += 1 end end
			return verified`;
		expect(await game.lua(askAll)).toBe(50);
		expect(game.backend.received).toHaveLength(1);
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.server.advance(61);
		expect(await game.lua(askAll)).toBe(0);
		expect(game.backend.received).toHaveLength(2);
	});

	test("reaches the other callers when the script that started it is cancelled", async () => {
		game = await startGame();
		const outcome = game.start(`
			local first = task.spawn(function() placelock:verify() end)
			local second
			task.spawn(function() second = placelock:verify().ok end)
			task.cancel(first)
			while second == nil do task.wait() end
			return second`);
		await game.server.advance(1);
		expect(await outcome).toBe(true);
		expect(game.backend.received).toHaveLength(1);
	});

	test("is stale while the backend is down, then unreachable, then verified again", async () => {
		game = await startGame({ connect: { staleSeconds: 120, reverifySeconds: 0 } });
		await game.verify();
		game.backend.always(down);
		await game.server.advance(61);
		expect(await game.verify()).toMatchObject({
			ok: true,
			stale: true,
			fromCache: true,
			value: verifiedBody,
		});
		expect(await game.status()).toBe("verified (stale)");
		expect(await game.lua("return placelock:isVerified()")).toBe(true);
		await game.server.advance(120 - game.now() - 1);
		expect(await game.status()).toBe("verified (stale)");
		await game.server.advance(2);
		expect(await game.status()).toBe("unreachable");
		expect(await game.verify()).toMatchObject({ ok: false, error: { code: "unavailable" } });
		game.backend.always(verifiedResponse());
		await game.server.advance(30);
		expect(await game.verify()).toMatchObject({ ok: true });
		expect(await game.states()).toEqual(["verified", "verified (stale)", "unreachable", "verified"]);
	});

	test("with staleSeconds 0 ends with its freshness while the backend is down", async () => {
		game = await startGame({ connect: { staleSeconds: 0, reverifySeconds: 0 } });
		await game.verify();
		game.backend.always(down);
		await game.server.advance(61);
		expect(await game.verify()).toMatchObject({ ok: false, error: { kind: "server" } });
		expect(await game.status()).toBe("unreachable");
	});

	test.each(["key_revoked", "key_expired", "key_disabled"])(
		"ends immediately when it is denied with %s",
		async (code) => {
			game = await startGame();
			await game.verify();
			game.backend.always(problemResponse(401, code));
			await game.server.advance(61);
			expect(await game.verify()).toMatchObject({ ok: false, error: { kind: "denied", code } });
			expect(await game.states()).toEqual(["verified", "denied"]);
			expect(await game.lua("return placelock:isVerified()")).toBe(false);
		},
	);

	test("ends immediately on a denial while it is stale", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		await game.verify();
		game.backend.always(down);
		await game.server.advance(61);
		await game.verify();
		game.backend.always(problemResponse(403, "workspace_suspended"));
		await game.server.advance(10);
		expect(await game.verify()).toMatchObject({ ok: false, error: { code: "workspace_suspended" } });
		expect(await game.status()).toBe("denied");
		game.backend.always(down);
		expect((await game.verify()).ok).toBe(false);
		expect(await game.status()).toBe("denied");
	});

	test("ends immediately when another call is denied because of the key, the workspace or the place", async () => {
		game = await startGame();
		await game.verify();
		game.backend.next(problemResponse(403, "place_inactive"));
		await game.lua(`return placelock:request({ path = "/shop" })`);
		expect(await game.status()).toBe("denied");
		expect(await game.verify()).toMatchObject({ ok: true });
		game.backend.next(problemResponse(401, "key_revoked"));
		await game.lua("return placelock:call(Placelock.endpoints.verify)");
		expect(await game.states()).toEqual(["verified", "denied", "verified", "denied"]);
	});

	test("outlives a missing scope, a firewall's 403 and a denial of your own route", async () => {
		game = await startGame();
		await game.verify();
		game.backend.next(
			problemResponse(403, "scope_missing"),
			answers.html(403),
			problemResponse(401, "player_unknown"),
		);
		for (let call = 0; call < 3; call++) await game.lua(`return placelock:request({ path = "/shop" })`);
		expect(game.backend.received).toHaveLength(4);
		expect(await game.status()).toBe("verified");
		game.backend.always(answers.html(403));
		expect(await game.verify("{ fresh = true }")).toMatchObject({ ok: true, stale: true });
	});

	test("is requested again when another call was denied while it was on its way", async () => {
		game = await startGame();
		const outcome = await game.lua(`
			local sdk = game:GetService("ServerScriptService").Placelock
			local denied = { ok = false, error = { kind = "denied", code = "key_revoked", status = 401, attempts = 1 } }
			local requests, verification = 0, nil
			verification = require(sdk.verification).createVerification({
				requestVerification = function()
					requests += 1
					if requests > 1 then return denied end
					-- The response to another call arrives first.
					verification:observeFailure(denied, "route")
					return { ok = true, value = { key = {}, cacheSeconds = 60 } }
				end,
				lastError = function() return nil end,
				clock = { now = os.clock, unixSeconds = os.time },
				random = math.random,
				taskScope = require(sdk.taskScope).createTaskScope(),
				log = { stateChanged = function() end, rotated = function() end },
				cacheSeconds = 60, staleSeconds = 600, reverifySeconds = 0,
			})
			local result = verification:verify(false)
			return { result.ok, requests, verification:state().status }`);
		expect(outcome).toEqual([false, 2, "denied"]);
	});

	test("that was renewed while stale does not end when the stale period would have", async () => {
		game = await startGame({ connect: { staleSeconds: 120, cacheSeconds: 300, reverifySeconds: 0 } });
		await game.verify();
		game.backend.always(down);
		await game.server.advance(61);
		await game.verify();
		game.backend.always(verifiedResponse());
		await game.server.advance(10);
		expect((await game.verify()).ok).toBe(true);
		await game.server.advance(100);
		expect(await game.states()).toEqual(["verified", "verified (stale)", "verified"]);
	});

	test("is not renewed by the module while the game server closes", async () => {
		game = await startGame({ server: {}, connect: { reverifySeconds: 5 } });
		await game.verify();
		await game.start("game:BindToClose(function() task.wait(20) end)");
		await game.server.close();
		expect(game.backend.received).toHaveLength(1);
		await game.backend.close();
		game = await startGame();
	});

	test("starts by itself, in time for handlers connected right after connect", async () => {
		game = await startGame();
		await game.server.advance(0.1);
		expect(await game.states()).toEqual(["verified"]);
		await game.verify();
		expect(game.backend.received).toHaveLength(1);
	});

	test("ends after staleSeconds without any call, even if reverifySeconds is longer", async () => {
		game = await startGame({ connect: { reverifySeconds: 86_400, staleSeconds: 600, maxAttempts: 1 } });
		await game.verify();
		game.backend.always(down);
		await game.server.advance(700);
		expect(await game.status()).toBe("unreachable");
	});

	test("is requested again soon after a firewall's 403", async () => {
		game = await startGame({ connect: { maxAttempts: 1 } });
		game.backend.next(answers.html(403));
		expect((await game.verify()).ok).toBe(false);
		await game.server.advance(31);
		expect(await game.status()).toBe("verified");
	});

	test("is renewed by the module at the latest after reverifySeconds", async () => {
		game = await startGame({ connect: { reverifySeconds: 100 } });
		await game.server.advance(101);
		expect(game.backend.received).toHaveLength(2);
		expect(await game.status()).toBe("verified");
		await game.server.advance(900);
		const times = game.times();
		const gaps = times.slice(1).map((at, index) => at - (times[index] as number));
		for (const gap of gaps) {
			expect(gap).toBeLessThan(100.1);
			expect(gap).toBeGreaterThan(89.9);
		}
		// Jittered, so that game servers that started together drift apart.
		expect(new Set(gaps.map((gap) => gap.toFixed(1))).size).toBeGreaterThan(1);
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.server.advance(100);
		expect(await game.status()).toBe("denied");
	});

	test("is requested sooner than that while there is no response", async () => {
		game = await startGame({ connect: { maxAttempts: 1 } });
		game.backend.next(down);
		expect((await game.verify()).ok).toBe(false);
		await game.server.advance(30);
		expect(await game.status()).toBe("verified");
	});

	test("is requested only by scripts with reverifySeconds 0", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		await game.verify();
		await game.server.advance(3000);
		expect(game.backend.received).toHaveLength(1);
		expect(await game.server.alive()).toMatchObject({ threads: 0 });
	});

	test("carries the key and the place, and sets none of Roblox's own headers", async () => {
		game = await startGame({ server: { placeId: 9007199254740991, gameId: 77, placeVersion: 12 } });
		await game.verify();
		const [sent] = game.server.requests;
		expect(sent?.method).toBe("POST");
		expect(new URL(sent?.url ?? "").pathname).toBe("/v1/verify");
		expect(Object.keys(sent?.headers ?? {}).sort()).toEqual(["authorization", "content-type"]);
		expect(jsonBody(game.backend.received[0])).toEqual({
			placeId: "9007199254740991",
			universeId: "77",
			jobId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			placeVersion: 12,
		});
		expect(game.backend.received[0]?.headers["roblox-id"]).toBe("9007199254740991");
	});

	test("goes to /v1/verify below the path of url", async () => {
		game = await startGame();
		await game.close();
		const url = game.backend.url;
		game = await startGame();
		await game.lua(`
			placelock:destroy()
			_G.placelock = Placelock.connect({ url = "${game.backend.url}/keys/", key = "k" })
			_G.placelock:verify()`);
		expect(game.backend.received.map(({ path }) => path)).toEqual(["/keys/v1/verify"]);
		expect(url).not.toBe(game.backend.url);
	});

	test("is returned as tables that no script can change", async () => {
		game = await startGame();
		const changed = await game.lua(`
			local result = placelock:verify()
			local changes = {
				pcall(function() result.value.workspace.name = "mine" end),
				pcall(function() table.insert(result.value.key.scopes, "*") end),
				pcall(function() placelock:getVerification().status = "denied" end),
			}
			return { changes[1], changes[2], changes[3], placelock:verify().value.workspace.name }`);
		expect(changed).toEqual([false, false, false, "Harbour"]);
	});
});
