import { problemResponse, verifiedResponse } from "./backend.js";
import { type Game, startGame } from "./game.js";

describe("the verification signal", () => {
	let game: Game;
	beforeEach(async () => {
		game = await startGame({ connect: { cacheSeconds: 0, reverifySeconds: 0 } });
	});
	afterEach(() => game.close());

	test("fires for each change, and for nothing else", async () => {
		await game.verify();
		await game.verify();
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.verify();
		await game.verify();
		game.backend.always(problemResponse(401, "key_expired"));
		await game.verify();
		expect(await game.states()).toEqual(["verified", "denied", "denied"]);
	});

	test("does not call a handler after Disconnect", async () => {
		const received = await game.lua(`
			local received = {}
			local connection = placelock.verification:Connect(function(state) table.insert(received, state.status) end)
			placelock:verify()
			local before = connection.Connected
			connection:Disconnect()
			_G.received, _G.connected = received, { before, connection.Connected }
			return received`);
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.verify();
		expect(received).toEqual(["verified"]);
		expect(await game.lua("return { _G.received, _G.connected }")).toEqual([["verified"], [true, false]]);
	});

	test("calls a handler of Once for one change", async () => {
		await game.lua(`
			_G.once = {}
			placelock.verification:Once(function(state) table.insert(_G.once, state.status) end)`);
		await game.verify();
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.verify();
		expect(await game.lua("return _G.once")).toEqual(["verified"]);
	});

	test("resumes a thread in Wait with the next state", async () => {
		const waited = game.start("return placelock.verification:Wait().status");
		await game.verify();
		expect(await waited).toBe("verified");
	});

	test("does not repeat the current state to a new connection", async () => {
		await game.verify();
		const late = await game.lua(`
			local received = 0
			placelock.verification:Connect(function() received += 1 end)
			placelock:verify()
			return { received, placelock:getVerification().status }`);
		expect(late).toEqual([0, "verified"]);
	});

	test("calls a handler connected during a change only for the next one", async () => {
		await game.lua(`
			_G.received = {}
			placelock.verification:Connect(function(changed)
				if changed.status ~= "verified" then return end
				placelock.verification:Connect(function(state) table.insert(_G.received, state.status) end)
			end)
			placelock:verify()`);
		game.backend.always(problemResponse(401, "key_revoked"));
		await game.verify();
		expect(await game.lua("return _G.received")).toEqual(["denied"]);
	});

	test.each([
		["Connect(nil)", "verification:Connect(nil)", "Connect expects a function, got nothing"],
		["Once with a text", `verification:Once("handler")`, 'Once expects a function, got "handler"'],
		["Connect with a dot", "verification.Connect(function() end)", "Call Connect with a colon"],
		["Once with a dot", "verification.Once(function() end)", "Call Once with a colon"],
	])("throws for an invalid handler at the line that passed it: %s", async (_, call, message) => {
		const outcome = await game.lua(`
			local _, thrown = pcall(function()
				placelock.${call}
			end)
			return { thrown, placelock:verify().ok }`);
		expect(outcome).toEqual([expect.stringContaining(message), true]);
		expect(outcome[0]).toMatch(/^ServerScriptService\.Script\d+:4: /);
	});

	test("works with handlers that yield, disconnect others or call verify", async () => {
		const received = await game.lua(`
			local received, later = {}, nil
			placelock.verification:Connect(function(state)
				later:Disconnect()
				table.insert(received, "first " .. state.status)
				table.insert(received, "inner " .. tostring(placelock:verify().ok))
			end)
			later = placelock.verification:Connect(function() table.insert(received, "never") end)
			placelock.verification:Connect(function(state)
				task.wait(5)
				table.insert(received, "slow " .. state.status)
			end)
			placelock:verify()
			task.wait(6)
			return received`);
		expect(received).toEqual(["first verified", "inner true", "slow verified"]);
	});
});

describe("handlers and loggers that fail", () => {
	test("affect neither the call nor the other handlers", async () => {
		const game = await startGame({ connect: { cacheSeconds: 0, reverifySeconds: 0 } });
		const outcome = await game.lua(`
			placelock:destroy()
			local lines = 0
			_G.placelock = Placelock.connect({
				url = "${game.backend.url}", key = "k", maxAttempts = 1,
				logger = function() lines += 1 error("the logger broke") end,
			})
			local received = 0
			_G.placelock.verification:Connect(function() received += 1 error("the handler broke") end)
			_G.placelock.verification:Connect(function() received += 1 end)
			local result = _G.placelock:verify()
			return { result.ok, received, lines }`);
		expect(outcome).toEqual([true, 2, 0]);
		game.backend.always(problemResponse(401, "key_revoked"));
		expect((await game.verify("{ fresh = true }")).ok).toBe(false);
		game.backend.always(verifiedResponse());
		const uncaught = game.server.errors.map(({ message }) => message);
		expect(uncaught).toEqual(Array(2).fill(expect.stringContaining("the handler broke")));
		await expect(game.close()).rejects.toThrow("the handler broke");
	});
});
