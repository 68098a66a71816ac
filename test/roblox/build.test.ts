import { spawnSync } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { type ModelNode, placelockModel, readModel } from "../support/roblox/model.js";

/** The node and all instances below it, by path. */
function flatten(node: ModelNode, above = ""): Array<[path: string, node: ModelNode]> {
	const path = above === "" ? node.name : `${above}.${node.name}`;
	return [[path, node], ...node.children.flatMap((child) => flatten(child, path))];
}

describe("the built model", () => {
	let roots: ModelNode[];
	let instances: Map<string, ModelNode>;
	beforeAll(() => {
		roots = placelockModel();
		instances = new Map(roots.flatMap((root) => flatten(root)));
	});

	test("is one ModuleScript named Placelock, so that a developer only has to require it", () => {
		expect(roots.map(({ name, className }) => [name, className])).toEqual([["Placelock", "ModuleScript"]]);
		const binary = readFileSync(join(projectRoot, "dist", "roblox", "Placelock.rbxm"));
		expect(binary.subarray(0, 8).toString("latin1")).toBe("<roblox!");
	});

	test("contains the runtime and the packages it needs, and no others", () => {
		const child = (path: string) => instances.get(path)?.children.map(({ name }) => name);
		expect(child("Placelock.include")).toEqual(["Promise", "RuntimeLib"]);
		expect(child("Placelock.node_modules")).toEqual(["@rbxts"]);
		expect(child("Placelock.node_modules.@rbxts")).toEqual(["services", "t"]);
		expect(child("Placelock.node_modules.@rbxts.t.lib")).toEqual(["ts"]);
	});

	test("contains a module for every source file, and otherwise only folders", () => {
		expect([...instances.keys()]).toEqual(
			expect.arrayContaining([
				"Placelock.http.shapeChecks",
				"Placelock.shared.schema",
				"Placelock.shared.endpoints.verify",
			]),
		);
		for (const [path, { className, source }] of instances) {
			expect([path, className]).toEqual([path, source === undefined ? "Folder" : "ModuleScript"]);
			expect(source).not.toBe("");
		}
	});

	test("contains no tests, no package manifests and no paths of the machine it was built on", () => {
		for (const [path, { source = "" }] of instances) {
			expect(path).not.toMatch(/test|package$|\.d$/i);
			expect(source).not.toContain(projectRoot);
			expect(source).not.toMatch(/[A-Z]:\\|\/home\/|\/Users\//);
		}
	});
});

describe("build:roblox", () => {
	test("does nothing if no source has changed", () => {
		placelockModel();
		const model = join(projectRoot, "dist", "roblox", "Placelock.rbxm");
		const before = statSync(model).mtimeMs;
		const run = spawnSync(process.execPath, ["scripts/build-roblox.mjs"], {
			cwd: projectRoot,
			encoding: "utf8",
		});
		expect(run).toMatchObject({ status: 0, stderr: "" });
		expect(run.stdout).toMatch("up to date");
		expect(statSync(model).mtimeMs).toBe(before);
	});

	describe("in a copy of the project", () => {
		let copy: string;
		const build = () =>
			spawnSync(process.execPath, ["scripts/build-roblox.mjs"], { cwd: copy, encoding: "utf8" });

		beforeAll(() => {
			copy = mkdtempSync(join(tmpdir(), "placelock-build-"));
			for (const part of [
				"scripts",
				"shared",
				"package.json",
				"default.project.json",
				"tsconfig.roblox.json",
			]) {
				cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
			}
			cpSync(join(projectRoot, "roblox"), join(copy, "roblox"), { recursive: true });
			symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"), "junction");
		});
		afterAll(() => rmSync(copy, { recursive: true, force: true }));

		test("reports the line that does not compile, leaves no outdated model, and leaves out deleted sources", () => {
			const extra = join(copy, "roblox", "extra.ts");
			writeFileSync(extra, "export const wrong: string = 5;\n");
			const failed = build();
			expect(failed.status).toBe(1);
			expect(failed.stderr).toMatch(/The Roblox model was not built: roblox-ts failed\.[^]*extra\.ts:1:14/);
			expect(failed.stderr).not.toContain(String.fromCharCode(27));
			expect(existsSync(join(copy, "dist", "roblox", "Placelock.rbxm"))).toBe(false);

			writeFileSync(extra, "export const right = 5;\n");
			expect(build()).toMatchObject({ status: 0, stderr: "" });
			rmSync(extra);
			const rebuilt = build();
			expect(rebuilt.stdout).toMatch(/^Built the Roblox model in/);
			const [root] = readModel(readFileSync(join(copy, "dist", "roblox", "Placelock.rbxmx"), "utf8"));
			expect(root?.children.map(({ name }) => name)).toEqual(
				placelockModel()[0]?.children.map(({ name }) => name),
			);
		}, 120_000);
	});
});
