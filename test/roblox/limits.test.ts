import { problem, yes } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("a backend that stays dead", () => {
	let game: Game;
	afterEach(() => game.close());

	test("costs no requests after five failed calls but one trial per back-off step", async () => {
		game = await startGame({ connect: { maxAttempts: 1, reverifySeconds: 0 } });
		game.backend.always("drop");
		for (let call = 0; call < 5; call++) await game.verify();
		expect(game.backend.received).toHaveLength(5);
		const refused = await game.start("return placelock:verify()");
		expect(refused.error).toMatchObject({ kind: "network", code: "ConnectionClosed", attempts: 0 });
		expect(refused.error.retryAfterSeconds).toBeGreaterThan(0);
		await game.lua("for _ = 1, 600 do placelock:verify() task.wait(0.1) end");
		// A minute holds at most the steps 0.5, 1, 2, 4 and then 8 s, each halved at the shortest.
		const trials = game.backend.received.length - 5;
		expect(trials).toBeGreaterThanOrEqual(8);
		expect(trials).toBeLessThanOrEqual(18);
	});

	test("leaves those who ask meanwhile with what was verified", async () => {
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
		game.backend.always(yes());
		await game.server.advance(0.5);
		expect(await game.verify()).toMatchObject({ ok: true });
		expect(await game.verify()).toMatchObject({ ok: true });
	});

	test("tries once, not four times, while it is on trial", async () => {
		game = await startGame({ connect: { reverifySeconds: 0 } });
		game.backend.always(problem(503, "unavailable"));
		for (let call = 0; call < 5; call++) await game.verify();
		expect(game.backend.received).toHaveLength(20);
		await game.server.advance(0.5);
		expect((await game.verify()).error).toMatchObject({ attempts: 1 });
		expect(game.backend.received).toHaveLength(21);
	});
});

describe("the module's share of the requests", () => {
	let game: Game;
	afterEach(() => game.close());

	test("ends in budget when it is used up, and refills", async () => {
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

	test("pays for retries too; a call that cannot pay tells its own failure", async () => {
		game = await startGame({ connect: { requestsPerMinute: 2, reverifySeconds: 0 } });
		game.backend.always(problem(503, "unavailable"));
		expect((await game.verify()).error).toMatchObject({ kind: "server", code: "unavailable", attempts: 2 });
	});

	test("is not touched for 30 seconds after Roblox's own limit was met", async () => {
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
