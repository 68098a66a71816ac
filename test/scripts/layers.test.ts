import { spawnSync } from "node:child_process";
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { runModule } from "./runModule.js";

/** What `scripts/layers.mjs` says of these imports. */
async function problemsOf(...imports: readonly [from: string, to: string][]): Promise<string[]> {
	const { stdout, stderr } = await runModule(`
		import { examine } from "./scripts/layers.mjs";
		const imports = ${JSON.stringify(imports.map(([from, to]) => ({ from, to })))};
		console.log(JSON.stringify(examine(imports).problems));`);
	expect(stderr).toBe("");
	return JSON.parse(stdout);
}

describe("the layers", () => {
	it("are kept to by every source", async () => {
		const { stdout } = await runModule(`
			import { examine, readImports } from "./scripts/layers.mjs";
			const imports = readImports(".");
			console.log(JSON.stringify({ count: imports.length, ...examine(imports) }));`);
		const { count, problems, folders } = JSON.parse(stdout);
		expect(problems).toEqual([]);
		// The sources were found.
		expect(count).toBeGreaterThan(1_000);
		expect(folders).toBeGreaterThan(20);
	});

	it.each([
		[
			"a feature that imports an adapter",
			"server/keys/gate.ts",
			"server/storage/openStore.ts",
			"Features hold rules",
		],
		[
			"a feature that imports a handler",
			"server/keys/gate.ts",
			"server/api/verify.ts",
			"Features hold rules",
		],
		["a port that imports a feature", "server/store/store.ts", "server/keys/gate.ts", "the port alone"],
		[
			"an adapter that imports a feature",
			"server/storage/mongo/keys.ts",
			"server/keys/gate.ts",
			"holds adapters",
		],
		["a handler that imports a socket", "server/api/verify.ts", "server/http/body.ts", "server/api holds"],
		[
			"a page that imports a record",
			"server/dashboard/main.tsx",
			"server/model/key.ts",
			"runs in the browser",
		],
		["the SDK that imports the server", "roblox/index.ts", "server/model/key.ts", "only shared/"],
		["the contract that imports anything", "shared/errors.ts", "server/core/problem.ts", "the contract"],
		["a folder that nobody has placed", "server/misc/thing.ts", "server/model/key.ts", "is in no layer"],
	])("refuse %s", async (_what, from, to, reason) => {
		expect(await problemsOf([from, to])).toEqual([expect.stringContaining(reason)]);
	});

	it("refuse folders that reach themselves, and files that import each other in a circle", async () => {
		const [a, b, c] = ["server/keys/a.ts", "server/places/b.ts", "server/usage/c.ts"];
		expect(await problemsOf([a, b], [b, c])).toEqual([]);
		expect(await problemsOf([a, b], [b, c], [c, a])).toEqual(
			expect.arrayContaining([
				"These folders reach themselves through each other: server/keys, server/places, server/usage",
				`These files import each other in a circle: ${a}, ${b}, ${c}`,
			]),
		);
	});

	describe("in a checkout that is reached through a link", () => {
		let folder: string;
		beforeEach(() => {
			folder = mkdtempSync(join(tmpdir(), "placelock-layers-"));
			for (const part of ["shared", "roblox", "bench", "server/keys", "scripts"]) {
				mkdirSync(join(folder, "checkout", part), { recursive: true });
			}
			copyFileSync(
				join(projectRoot, "scripts", "layers.mjs"),
				join(folder, "checkout", "scripts", "layers.mjs"),
			);
			symlinkSync(join(folder, "checkout"), join(folder, "link"), "junction");
		});
		afterEach(() => rmSync(folder, { recursive: true, force: true }));

		it("are examined all the same, and an import of a test is against them", () => {
			const program = join(folder, "link", "scripts", "layers.mjs");
			const examined = () => spawnSync(process.execPath, [program], { encoding: "utf8" });
			expect(examined()).toMatchObject({ status: 0, stdout: expect.stringContaining("0 knots") });
			const file = join(folder, "checkout", "server", "keys", "gate.ts");
			writeFileSync(file, 'import { seed } from "../../test/support/seed.js";\n');
			expect(examined()).toMatchObject({
				status: 1,
				stderr: expect.stringContaining(
					"server/keys/gate.ts imports test/support/seed.js. Features hold rules",
				),
			});
		});
	});

	it("are the same in biome.json, which shows them in editors", async () => {
		const { stdout } = await runModule(`
			import { biomeOverrides } from "./scripts/layers.mjs";
			console.log(JSON.stringify(biomeOverrides()));`);
		const { overrides } = JSON.parse(readFileSync(join(projectRoot, "biome.json"), "utf8"));
		const restricting = (
			overrides as { linter: { rules: { style?: { noRestrictedImports?: unknown } } } }[]
		).filter(({ linter }) => linter.rules.style?.noRestrictedImports !== undefined);
		expect(restricting).toEqual(JSON.parse(stdout));
	});
});
