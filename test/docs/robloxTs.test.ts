import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { startGameServer } from "../support/roblox/gameServer.js";
import { type ModelNode, placelockModel } from "../support/roblox/model.js";
import { useServer } from "../support/useServer.js";
import { blocksOf } from "./documents.js";

/** Compiles files beside the module's sources, where `@rbxts/placelock` is the module. */
function compileBeside(folder: string, files: ReadonlyMap<string, string>) {
	for (const part of ["roblox", "shared", "package.json", "default.project.json", "tsconfig.roblox.json"]) {
		cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
	}
	symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "junction");
	const settings = JSON.parse(readFileSync(join(folder, "tsconfig.roblox.json"), "utf8"));
	settings.compilerOptions.paths = { "@rbxts/placelock": ["roblox/index.ts"] };
	writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
	for (const [name, source] of files) writeFileSync(join(folder, "roblox", `${name}.ts`), source);
	const manifest = createRequire(join(projectRoot, "package.json")).resolve("roblox-ts/package.json");
	const compiler = join(dirname(manifest), "out", "CLI", "cli.js");
	const settled = ["--type", "model", "-i", "out/include", "--rojo", "default.project.json"];
	const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.json", ...settled], {
		cwd: folder,
		encoding: "utf8",
	});
	return { stdout, status };
}

describe("the roblox-ts of the documentation", () => {
	const snippets = blocksOf("ts").map(([place, { text }], index) => ({
		place,
		name: `snippet${index + 1}`,
		text,
	}));
	let folder: string;
	const server = useServer();
	let token: string;

	beforeAll(async () => {
		const workspace = await server.workspace({ name: "My game" });
		await server.place(workspace.id, { id: "123456" });
		({ token } = await server.key(workspace.id));
		folder = mkdtempSync(join(tmpdir(), "placelock-snippets-"));
		const files = snippets.map(({ name, text }): [string, string] => [
			name,
			text.replaceAll("https://keys.example.com", server.origin),
		]);
		expect(compileBeside(folder, new Map(files))).toEqual({ stdout: "", status: 0 });
	}, 60_000);
	afterAll(async () => {
		rmSync(folder, { recursive: true, force: true });
	});

	test.each(snippets)("$place: compiles, and runs against a server", async ({ name, text }) => {
		const [module] = placelockModel();
		if (module === undefined) throw new Error("the model is empty");
		const source = readFileSync(join(folder, "out", "roblox", `${name}.luau`), "utf8");
		const snippet: ModelNode = { name, className: "ModuleScript", source, children: [] };
		const model = [{ ...module, children: [...module.children, snippet] }];
		const game = await startGameServer({ placeId: 123456, secrets: { placelock: token }, model });
		await game.runToEnd(`require(game:GetService("ServerScriptService").Placelock.${name})`);
		expect(game.errors).toEqual([]);
		expect(game.requests.map(({ outcome }) => outcome)).toEqual([200]);
		expect(game.output).toEqual(
			text.includes("print(") ? [{ level: "print", text: "workspace My game" }] : [],
		);
		await game.close();
	});
});
