import { startGameServer } from "../support/roblox/gameServer.js";
import { waitFor } from "../support/waitFor.js";
import { problemResponse } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("destroying a connection", () => {
	let game: Game;
	afterEach(() => game.close());

	const waitForRequest = () => waitFor("a request", () => game.backend.received.length > 0);

	test("gives a destroyed result to a call that waits for a response", async () => {
		game = await startGame();
		game.backend.always("hang");
		const waiting = game.start("return placelock:verify()");
		const together = game.start("return placelock:verify()");
		const own = game.start(`return placelock:request({ path = "/shop" })`);
		await waitForRequest();
		await game.start("placelock:destroy()");
		for (const result of await Promise.all([waiting, together, own])) {
			expect(result).toMatchObject({ ok: false, error: { kind: "destroyed", code: "destroyed" } });
		}
		expect((await game.server.alive()).threads).toBe(0);
	});

	test("gives a destroyed result to a call that waits between attempts", async () => {
		game = await startGame();
		game.backend.always(problemResponse(503, "unavailable", { "retry-after": "10" }));
		const waiting = game.start("return placelock:verify()");
		await game.server.advance(5);
		await game.start("placelock:destroy()");
		expect(await waiting).toMatchObject({ ok: false, error: { kind: "destroyed" } });
		expect((await game.server.alive()).threads).toBe(0);
	});

	test("leaves no thread or timer behind, and nothing more is sent", async () => {
		game = await startGame();
		await game.verify();
		expect((await game.server.alive()).threads).toBeGreaterThan(0);
		await game.start("placelock:destroy()");
		expect(await game.server.alive()).toEqual({ threads: 0, timers: 0, requests: 0 });
		await game.server.advance(3600);
		expect(game.backend.received).toHaveLength(1);
	});

	test("disconnects handlers, and ends waiting threads and later calls", async () => {
		game = await startGame();
		await game.verify();
		const waited = game.start("return placelock.verification:Wait()");
		const after = await game.start(`
			local connection = placelock.verification:Connect(function() end)
			placelock:destroy()
			placelock:destroy()
			return {
				connected = connection.Connected,
				late = placelock.verification:Connect(function() end).Connected,
				verified = placelock:isVerified(),
				state = placelock:getVerification(),
				results = { placelock:verify(), placelock:request({ path = "/shop" }) },
			}`);
		expect(after).toMatchObject({
			connected: false,
			late: false,
			verified: false,
			state: { status: "unreachable", error: { kind: "destroyed" } },
			results: [{ error: { kind: "destroyed" } }, { error: { kind: "destroyed" } }],
		});
		expect(await waited).toMatchObject({ error: { kind: "destroyed" } });
		expect(await game.states()).toEqual(["verified"]);
	});

	test("is possible in a handler of its own signal", async () => {
		game = await startGame();
		const result = await game.lua(`
			placelock.verification:Connect(function() placelock:destroy() end)
			return { placelock:verify().ok, placelock:isVerified(), placelock:verify().ok }`);
		expect(result).toEqual([true, false, false]);
	});

	test("allows a new connection", async () => {
		game = await startGame();
		await game.start("placelock:destroy()");
		const ok = await game.lua(`
			_G.placelock = Placelock.connect({ url = "${game.backend.url}", key = "k" })
			return _G.placelock:verify().ok`);
		expect(ok).toBe(true);
	});

	test("lets a closing game server end immediately, and still sends its last calls", async () => {
		game = await startGame({ server: {} });
		await game.verify();
		await game.start(`
			game:BindToClose(function()
				task.wait(1)
				_G.saved = placelock:request({ method = "POST", path = "/save", body = { coins = 5 } }).ok
			end)`);
		const server = game.server;
		expect(await server.close()).toBe(true);
		expect(server.now).toBeLessThan(5);
		expect(game.backend.received.map(({ path }) => path)).toEqual(["/v1/verify", "/save"]);
		await game.backend.close();
		game = await startGame();
	});

	test("removes its callback from the closing game", async () => {
		game = await startGame();
		const server = await startGameServer();
		const removed = await server.run(`
			local sdk = game:GetService("ServerScriptService").Placelock
			local gameClose = require(sdk.gameClose)
			local onGameClose, removed = gameClose.onGameClose, 0
			gameClose.onGameClose = function(callback)
				local remove = onGameClose(callback)
				return function() removed += 1 remove() end
			end
			require(sdk).connect({ url = "http://localhost:8080", key = "k" }):destroy()
			return removed`);
		await server.close();
		expect(removed).toBe(1);
	});

	test("leaves only the callbacks of other connections to the closing game", async () => {
		game = await startGame({ server: {} });
		await game.start(`
			local gameClose = require(game:GetService("ServerScriptService").Placelock.gameClose)
			local remove = gameClose.onGameClose(function() print("called a connection that is gone") end)
			gameClose.onGameClose(function() print("called the other") end)
			remove()`);
		await game.server.close();
		expect(game.lines()).toEqual(["print: called the other"]);
		await game.backend.close();
		game = await startGame();
	});
});
