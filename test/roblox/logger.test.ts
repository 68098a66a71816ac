import { problemResponse, verifiedResponse } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("the module's output", () => {
	let game: Game;
	afterEach(() => game.close());

	test("is empty while all is well", async () => {
		game = await startGame();
		await game.verify();
		await game.server.advance(3600);
		expect(game.backend.received.length).toBeGreaterThan(10);
		expect(game.lines()).toEqual([]);
	});

	test("has one warning for each change of state, however many calls fail", async () => {
		game = await startGame({ connect: { cacheSeconds: 0, staleSeconds: 300, maxAttempts: 1 } });
		await game.verify();
		game.backend.always(problemResponse(503, "unavailable"));
		for (let call = 0; call < 20; call++) await game.verify();
		expect(game.lines()).toEqual([
			expect.stringMatching(
				/^warn: \[Placelock\] The verification could not be renewed; the last one is still in force/,
			),
		]);
		await game.server.advance(900);
		expect(game.lines().slice(1)).toEqual([
			expect.stringMatching(/^warn: \[Placelock\] Not verified\. server, unavailable: /),
		]);
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.server.advance(120);
		expect(game.lines().slice(2)).toEqual([
			expect.stringMatching(
				/^warn: \[Placelock\] Denied\. key_revoked: .*Create a new key.* \[request req_1\]$/,
			),
		]);
		game.backend.always(verifiedResponse());
		await game.server.advance(600);
		expect(game.lines().slice(3)).toEqual(["print: [Placelock] Verified again."]);
	});

	test("has one warning that the key was rotated while its old token is used", async () => {
		game = await startGame({ connect: { reverifySeconds: 60 } });
		game.backend.always(
			verifiedResponse({ key: { id: "k", name: "live", scopes: [], rotateBy: "2026-12-01T00:00:00Z" } }),
		);
		await game.server.advance(600);
		expect(game.lines()).toEqual([expect.stringMatching(/^warn: .*rotated.*2026-12-01T00:00:00Z/)]);
	});

	test("never contains the key, whatever an error contains", async () => {
		game = await startGame();
		const lines = await game.lua(`
			local sdk = game:GetService("ServerScriptService").Placelock
			local lines = {}
			local redact = require(sdk.redact).createRedactor("the-very-SECRET")
			local log = require(sdk.logger).createLog(function(_, message) table.insert(lines, message) end, redact)
			local err = { kind = "server", code = "internal", message = "the-very-SECRET and plk_game_SECRET", attempts = 1 }
			log:stateChanged({ status = "unknown", stale = false }, { status = "unreachable", stale = false, error = err })
			return lines`);
		expect(lines).toEqual([expect.stringContaining("<the key> and plk_game_<hidden>")]);
	});

	test("has exactly one warning about plain http to another machine", async () => {
		game = await startGame({
			url: "http://keys.example.com:8080",
			server: { hosts: { "keys.example.com": "127.0.0.1" } },
			connect: { maxAttempts: 1 },
		});
		await game.lua(`for _ = 1, 3 do placelock:request({ path = "/a" }) end`);
		expect(game.lines()).toEqual([expect.stringMatching(/^warn: .*plain http/)]);
	});

	test("has one warning when a game server has more than one connection", async () => {
		game = await startGame({ server: {} });
		await game.start(`
			local more = {}
			for index = 1, 2 do
				more[index] = Placelock.connect({ url = "${game.backend.url}", key = "k", reverifySeconds = 0 })
			end
			for _, one in more do one:destroy() end`);
		expect(game.lines()).toEqual([expect.stringContaining("Connect once, in a ModuleScript")]);
	});

	test("goes to the game's own logger with its level", async () => {
		game = await startGame();
		game.backend.next(problemResponse(401, "key_revoked"));
		const received = await game.lua(`
			placelock:destroy()
			local received = {}
			_G.placelock = Placelock.connect({
				url = "${game.backend.url}", key = "k",
				logger = function(level, message) table.insert(received, level .. ": " .. message) end,
			})
			_G.placelock:verify()
			_G.placelock:verify()
			return received`);
		expect(received).toEqual([
			expect.stringMatching(/^warn: \[Placelock\] Denied/),
			"info: [Placelock] Verified again.",
		]);
		expect(game.lines()).toEqual([]);
	});
});
