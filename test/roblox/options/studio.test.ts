import { startGameServer } from "../../support/roblox/gameServer.js";
import { bodyOf } from "../backend.js";
import { type Game, startGame } from "../game.js";

describe("a place that was never published", () => {
	let game: Game;
	afterEach(() => game.close());

	test("is configuration, says so, and sends nothing", async () => {
		game = await startGame({ server: { placeId: 0, gameId: 0, studio: true } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "PlaceUnpublished", attempts: 0 });
		expect(error.message).toContain("never published");
		expect(game.backend.received).toHaveLength(0);
		expect(await game.status()).toBe("unreachable");
	});

	test("is as unpublished when it is a template, which has a PlaceId but no GameId", async () => {
		game = await startGame({ server: { placeId: 95206881, gameId: 0, studio: true } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "PlaceUnpublished", attempts: 0 });
		expect(game.backend.received).toHaveLength(0);
	});

	test("can be verified in Studio as another place", async () => {
		game = await startGame({
			server: { placeId: 0, gameId: 0, studio: true },
			connect: { studio: { placeId: 123456 } },
		});
		expect((await game.verify()).ok).toBe(true);
		expect(bodyOf(game.backend.received[0])).toEqual({ placeId: "123456", placeVersion: 1 });
	});
});

describe("Studio", () => {
	let game: Game;
	afterEach(() => game.close());

	test("verifies as a live server does, without a JobId", async () => {
		game = await startGame({ server: { studio: true } });
		expect((await game.verify()).ok).toBe(true);
		expect(bodyOf(game.backend.received[0])).not.toHaveProperty("jobId");
	});

	test("counts as verified without asking where verification is skipped", async () => {
		game = await startGame({ server: { studio: true, placeId: 0 }, connect: { studio: "skip" } });
		const result = await game.verify();
		expect(result).toMatchObject({ ok: true, value: { workspace: { name: "Studio (not verified)" } } });
		expect(result.value.serverTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		expect(await game.status()).toBe("verified");
		expect(game.backend.received).toHaveLength(0);
	});

	test("is what the option is for: a live server asks in any case", async () => {
		game = await startGame({ connect: { studio: "skip" } });
		await game.verify();
		expect(game.backend.received).toHaveLength(1);
		await game.close();
		game = await startGame({ connect: { studio: { placeId: 9 } } });
		await game.verify();
		expect(bodyOf(game.backend.received[0])).toMatchObject({ placeId: "123456" });
	});
});

test("on a player's device connect refuses, and says where the module belongs", async () => {
	const device = await startGameServer({ client: true });
	const connecting = device.run(
		`return require(game:GetService("ServerScriptService").Placelock).connect({ url = "https://a.example", key = "k" })`,
	);
	await expect(connecting).rejects.toThrow("ServerScriptService");
	await device.close();
});

test("a mistake in the options is reported at the line that made it", async () => {
	const server = await startGameServer();
	const connecting = server.run(`
		local Placelock = require(game:GetService("ServerScriptService").Placelock)
		return Placelock.connect({ url = "https://a.example", key = "k", colour = "red" })`);
	await expect(connecting).rejects.toThrow(
		/^ServerScriptService\.Script\d+:3: Placelock\.connect: the options have 1 problem/,
	);
	await server.close();
});

test("the module is the same under its own name, as roblox-ts imports it", async () => {
	const server = await startGameServer();
	const same = await server.run(`
		local module = require(game:GetService("ServerScriptService").Placelock)
		return { module.connect == module.Placelock.connect, module.endpoints == module.Placelock.endpoints, module.endpoints.verify.path }`);
	expect(same).toEqual([true, true, "/v1/verify"]);
	await server.close();
});
