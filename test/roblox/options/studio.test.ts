import { startGameServer } from "../../support/roblox/gameServer.js";
import { jsonBody } from "../backend.js";
import { type Game, startGame } from "../game.js";

describe("a place that was never published", () => {
	let game: Game;
	afterEach(() => game.close());

	test("returns configuration with the cause, and sends nothing", async () => {
		game = await startGame({ server: { placeId: 0, gameId: 0, studio: true } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "PlaceUnpublished", attempts: 0 });
		expect(error.message).toContain("never published");
		expect(game.backend.received).toHaveLength(0);
		expect(await game.status()).toBe("unreachable");
	});

	test("may be a template, which has a PlaceId but no GameId", async () => {
		game = await startGame({ server: { placeId: 95206881, gameId: 0, studio: true } });
		const { error } = await game.verify();
		expect(error).toMatchObject({ kind: "configuration", code: "PlaceUnpublished", attempts: 0 });
		expect(game.backend.received).toHaveLength(0);
	});

	test("can verify as another place in Studio", async () => {
		game = await startGame({
			server: { placeId: 0, gameId: 0, studio: true },
			connect: { studio: { placeId: 123456 } },
		});
		expect((await game.verify()).ok).toBe(true);
		expect(jsonBody(game.backend.received[0])).toEqual({ placeId: "123456", placeVersion: 1 });
	});
});

describe("Studio", () => {
	let game: Game;
	afterEach(() => game.close());

	test("verifies as a live server does, without a JobId", async () => {
		game = await startGame({ server: { studio: true } });
		expect((await game.verify()).ok).toBe(true);
		expect(jsonBody(game.backend.received[0])).not.toHaveProperty("jobId");
	});

	test("counts as verified without a request when verification is skipped", async () => {
		game = await startGame({ server: { studio: true, placeId: 0 }, connect: { studio: "skip" } });
		const result = await game.verify();
		expect(result).toMatchObject({ ok: true, value: { workspace: { name: "Studio (not verified)" } } });
		expect(result.value.serverTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		expect(await game.status()).toBe("verified");
		expect(game.backend.received).toHaveLength(0);
	});

	test("is the only place where the option applies: a live server always verifies", async () => {
		game = await startGame({ connect: { studio: "skip" } });
		await game.verify();
		expect(game.backend.received).toHaveLength(1);
		await game.close();
		game = await startGame({ connect: { studio: { placeId: 9 } } });
		await game.verify();
		expect(jsonBody(game.backend.received[0])).toMatchObject({ placeId: "123456" });
	});
});

test("connect throws on a client, and says where the module belongs", async () => {
	const device = await startGameServer({ client: true });
	const connecting = device.run(
		`return require(game:GetService("ServerScriptService").Placelock).connect({ url = "https://a.example", key = "k" })`,
	);
	await expect(connecting).rejects.toThrow("ServerScriptService");
	await device.close();
});

test("an error in the options is reported at the line that called connect", async () => {
	const server = await startGameServer();
	const connecting = server.run(`
		local Placelock = require(game:GetService("ServerScriptService").Placelock)
		return Placelock.connect({ url = "https://a.example", key = "k", colour = "red" })`);
	await expect(connecting).rejects.toThrow(
		/^ServerScriptService\.Script\d+:3: Placelock\.connect: 1 problem in the options/,
	);
	await server.close();
});

test("the module also exports itself under its name, for imports in roblox-ts", async () => {
	const server = await startGameServer();
	const same = await server.run(`
		local module = require(game:GetService("ServerScriptService").Placelock)
		return { module.connect == module.Placelock.connect, module.endpoints == module.Placelock.endpoints, module.endpoints.verify.path }`);
	expect(same).toEqual([true, true, "/v1/verify"]);
	await server.close();
});
