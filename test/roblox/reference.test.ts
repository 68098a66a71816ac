import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { type Game, startGame } from "./game.js";

const reference = readFileSync(join(projectRoot, "docs", "sdk.md"), "utf8");
const snippets = [...reference.matchAll(/```lua\n([\s\S]*?)```/g)].map(([, source]) => source ?? "");

describe("the reference of the SDK", () => {
	let game: Game;
	afterEach(() => game.close());

	test.each(snippets.map((source, index) => [index + 1, source] as const))(
		"has a snippet %i that runs",
		async (_, source) => {
			game = await startGame({
				key: `{ secret = "placelock" }`,
				server: { secrets: { placelock: "plk_game_x" } },
			});
			const here = source.replaceAll("https://keys.example.com", game.backend.url);
			await game.lua(
				here
					.replace("local placelock = ", "placelock:destroy()\n_G.placelock = ")
					.replaceAll(/^local result = placelock/gm, "placelock = _G.placelock\nlocal result = placelock"),
			);
			expect(game.server.errors).toEqual([]);
			expect(game.backend.received.length).toBeGreaterThan(0);
			if (source.includes('print("workspace"')) {
				expect(game.lines()).toEqual(["print: workspace Harbour place 123456"]);
			}
			expect(game.lines().filter((line) => line.startsWith("warn"))).toEqual([]);
		},
	);

	test("names every option with its default, and no other", async () => {
		game = await startGame();
		const table = reference.slice(reference.indexOf("## Options"), reference.indexOf("## The key"));
		const documented = [...table.matchAll(/^\| `(\w+)` +\| (.*?) +\|/gm)].map(([, name, defaultValue]) => [
			name,
			defaultValue,
		]);
		const settings = await game.lua(`
			local sdk = game:GetService("ServerScriptService").Placelock
			return require(sdk.options.options).readOptions({ url = "https://a.example", key = "k" }, 1)`);
		for (const [name, defaultValue] of documented) {
			if (defaultValue === "required" || name === "logger") continue;
			expect([name, String(settings[name as string])]).toEqual([
				name,
				defaultValue?.replaceAll(/[`",]/g, ""),
			]);
		}
		const { error } = await game.lua(`
			local ok, message = pcall(Placelock.connect, { wrong = 1 })
			return { error = message }`);
		expect(error).toContain(`The options are ${documented.map(([name]) => name).join(", ")}`);
	});

	test("names every kind of error", async () => {
		game = await startGame();
		const source = readFileSync(join(projectRoot, "roblox", "results.ts"), "utf8");
		const kinds = [...source.slice(source.indexOf("export type ErrorKind")).matchAll(/^\t\| "(\w+)"/gm)].map(
			([, kind]) => kind,
		);
		expect(kinds).toHaveLength(9);
		for (const kind of kinds) expect(reference).toContain(`| \`${kind}\` `);
	});

	test("names every exported endpoint, and no other", async () => {
		game = await startGame();
		const exported = await game.lua(`
			local names = {}
			for name in Placelock.endpoints do table.insert(names, name) end
			return names`);
		const named = [...reference.matchAll(/Placelock\.endpoints\.(\w+)|Placelock\.endpoints\["(.+?)"\]/g)];
		expect(new Set(named.map(([, plain, quoted]) => plain ?? quoted))).toEqual(new Set(exported));
	});
});
