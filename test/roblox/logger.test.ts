import { problem, yes } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("what the module writes", () => {
	let game: Game;
	afterEach(() => game.close());

	test("is nothing while all is well", async () => {
		game = await startGame();
		await game.verify();
		await game.server.advance(3600);
		expect(game.backend.received.length).toBeGreaterThan(10);
		expect(game.lines()).toEqual([]);
	});

	test("is one warning for each change of state, however many calls fail", async () => {
		game = await startGame({ connect: { cacheSeconds: 0, staleSeconds: 300, maxAttempts: 1 } });
		await game.verify();
		game.backend.always(problem(503, "unavailable"));
		for (let call = 0; call < 20; call++) await game.verify();
		expect(game.lines()).toEqual([
			expect.stringMatching(/^warn: \[Placelock\] The last verification stands in/),
		]);
		await game.server.advance(900);
		expect(game.lines().slice(1)).toEqual([
			expect.stringMatching(/^warn: \[Placelock\] Not verified\. server, unavailable: /),
		]);
		game.backend.always(problem(401, "key_revoked"));
		await game.server.advance(120);
		expect(game.lines().slice(2)).toEqual([
			expect.stringMatching(
				/^warn: \[Placelock\] Denied\. denied, key_revoked: .*create a new key.* \[request req_1\]$/,
			),
		]);
		game.backend.always(yes());
		await game.server.advance(600);
		expect(game.lines().slice(3)).toEqual(["print: [Placelock] Verified again."]);
	});

	test("is one warning that the key was rotated, for as long as its old token is used", async () => {
		game = await startGame({ connect: { reverifySeconds: 60 } });
		game.backend.always(
			yes({ key: { id: "k", name: "live", scopes: [], rotateBy: "2026-12-01T00:00:00Z" } }),
		);
		await game.server.advance(600);
		expect(game.lines()).toEqual([expect.stringMatching(/^warn: .*rotated.*2026-12-01T00:00:00Z/)]);
	});

	test("never has the key in it, whatever an error says", async () => {
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

	test("is exactly one warning about plain http to another machine", async () => {
		game = await startGame({
			url: "http://keys.example.com:8080",
			server: { hosts: { "keys.example.com": "127.0.0.1" } },
			connect: { maxAttempts: 1 },
		});
		await game.lua(`for _ = 1, 3 do placelock:request({ path = "/a" }) end`);
		expect(game.lines()).toEqual([expect.stringMatching(/^warn: .*plain http/)]);
	});

	test("is one warning that a game server has two connections", async () => {
		game = await startGame({ server: {} });
		await game.start(`
			local more = {}
			for index = 1, 2 do
				more[index] = Placelock.connect({ url = "${game.backend.url}", key = "k", reverifySeconds = 0 })
			end
			for _, one in more do one:destroy() end`);
		expect(game.lines()).toEqual([expect.stringContaining("Connect once, in a ModuleScript")]);
	});

	test("goes to the game's own logger, with its level", async () => {
		game = await startGame();
		game.backend.next(problem(401, "key_revoked"));
		const heard = await game.lua(`
			placelock:destroy()
			local heard = {}
			_G.placelock = Placelock.connect({
				url = "${game.backend.url}", key = "k",
				logger = function(level, message) table.insert(heard, level .. ": " .. message) end,
			})
			_G.placelock:verify()
			_G.placelock:verify()
			return heard`);
		expect(heard).toEqual([
			expect.stringMatching(/^warn: \[Placelock\] Denied/),
			"info: [Placelock] Verified again.",
		]);
		expect(game.lines()).toEqual([]);
	});
});
