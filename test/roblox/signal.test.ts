import { problem, yes } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("the verification signal", () => {
	let game: Game;
	beforeEach(async () => {
		game = await startGame({ connect: { cacheSeconds: 0, reverifySeconds: 0 } });
	});
	afterEach(() => game.close());

	test("tells every handler of each change, and of nothing else", async () => {
		await game.verify();
		await game.verify();
		game.backend.always(problem(401, "key_revoked"));
		await game.verify();
		await game.verify();
		game.backend.always(problem(401, "key_expired"));
		await game.verify();
		expect(await game.states()).toEqual(["verified", "denied", "denied"]);
	});

	test("tells nothing any more once a connection is ended", async () => {
		const heard = await game.lua(`
			local heard = {}
			local connection = placelock.verification:Connect(function(state) table.insert(heard, state.status) end)
			placelock:verify()
			local before = connection.Connected
			connection:Disconnect()
			_G.heard, _G.connected = heard, { before, connection.Connected }
			return heard`);
		game.backend.always(problem(401, "key_revoked"));
		await game.verify();
		expect(heard).toEqual(["verified"]);
		expect(await game.lua("return { _G.heard, _G.connected }")).toEqual([["verified"], [true, false]]);
	});

	test("tells a handler of Once one change", async () => {
		await game.lua(`
			_G.once = {}
			placelock.verification:Once(function(state) table.insert(_G.once, state.status) end)`);
		await game.verify();
		game.backend.always(problem(401, "key_revoked"));
		await game.verify();
		expect(await game.lua("return _G.once")).toEqual(["verified"]);
	});

	test("wakes a thread in Wait with the next state", async () => {
		const waited = game.start("return placelock.verification:Wait().status");
		await game.verify();
		expect(await waited).toBe("verified");
	});

	test("does not replay what is so already: that is getVerification", async () => {
		await game.verify();
		const late = await game.lua(`
			local heard = 0
			placelock.verification:Connect(function() heard += 1 end)
			placelock:verify()
			return { heard, placelock:getVerification().status }`);
		expect(late).toEqual([0, "verified"]);
	});

	test("tells one who connects while others are told only of the next change", async () => {
		await game.lua(`
			_G.heard = {}
			placelock.verification:Connect(function(changed)
				if changed.status ~= "verified" then return end
				placelock.verification:Connect(function(state) table.insert(_G.heard, state.status) end)
			end)
			placelock:verify()`);
		game.backend.always(problem(401, "key_revoked"));
		await game.verify();
		expect(await game.lua("return _G.heard")).toEqual(["denied"]);
	});

	test.each([
		["Connect(nil)", "verification:Connect(nil)", "Connect wants a function, got nothing"],
		["Once with a text", `verification:Once("handler")`, 'Once wants a function, got "handler"'],
		["Connect with a dot", "verification.Connect(function() end)", "with a colon"],
		["Once with a dot", "verification.Once(function() end)", "with a colon"],
	])("refuses what is no handler at the line that gave it: %s", async (_, call, message) => {
		const outcome = await game.lua(`
			local _, thrown = pcall(function()
				placelock.${call}
			end)
			return { thrown, placelock:verify().ok }`);
		expect(outcome).toEqual([expect.stringContaining(message), true]);
		expect(outcome[0]).toMatch(/^ServerScriptService\.Script\d+:4: /);
	});

	test("is not disturbed by a handler that yields, disconnects others or calls verify itself", async () => {
		const heard = await game.lua(`
			local heard, later = {}, nil
			placelock.verification:Connect(function(state)
				later:Disconnect()
				table.insert(heard, "first " .. state.status)
				table.insert(heard, "inner " .. tostring(placelock:verify().ok))
			end)
			later = placelock.verification:Connect(function() table.insert(heard, "never") end)
			placelock.verification:Connect(function(state)
				task.wait(5)
				table.insert(heard, "slow " .. state.status)
			end)
			placelock:verify()
			task.wait(6)
			return heard`);
		expect(heard).toEqual(["first verified", "inner true", "slow verified"]);
	});
});

describe("handlers and loggers of a game that fail", () => {
	test("hold up neither the call nor the other handlers", async () => {
		const game = await startGame({ connect: { cacheSeconds: 0, reverifySeconds: 0 } });
		const outcome = await game.lua(`
			placelock:destroy()
			local lines = 0
			_G.placelock = Placelock.connect({
				url = "${game.backend.url}", key = "k", maxAttempts = 1,
				logger = function() lines += 1 error("the logger broke") end,
			})
			local heard = 0
			_G.placelock.verification:Connect(function() heard += 1 error("the handler broke") end)
			_G.placelock.verification:Connect(function() heard += 1 end)
			local result = _G.placelock:verify()
			return { result.ok, heard, lines }`);
		expect(outcome).toEqual([true, 2, 0]);
		game.backend.always(problem(401, "key_revoked"));
		expect((await game.verify("{ fresh = true }")).ok).toBe(false);
		game.backend.always(yes());
		const uncaught = game.server.errors.map(({ message }) => message);
		expect(uncaught).toEqual(Array(2).fill(expect.stringContaining("the handler broke")));
		await expect(game.close()).rejects.toThrow("the handler broke");
	});
});
