import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runModule } from "./runModule.js";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "placelock-stale-"));
	mkdirSync(join(folder, "src", "inner"), { recursive: true });
	writeFileSync(join(folder, "src", "a.ts"), "a");
	writeFileSync(join(folder, "src", "inner", "b.ts"), "b");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What an expression over the module's functions comes to. */
async function evaluated(expression: string): Promise<unknown> {
	const names = "filesUnder, fingerprint, isFresh, markFresh";
	const { code, stdout, stderr } = await runModule(
		`import { ${names} } from "./scripts/stale.mjs";
		const folder = ${JSON.stringify(folder)};
		console.log(JSON.stringify(${expression}));`,
	);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	return JSON.parse(stdout);
}
const fingerprint = () => evaluated('fingerprint(folder, ["src", "missing"])');

it.each<[string, () => void, boolean]>([
	["a file is changed", () => writeFileSync(join(folder, "src", "inner", "b.ts"), "c"), true],
	["a file is added", () => writeFileSync(join(folder, "src", "c.ts"), ""), true],
	["a file is removed", () => rmSync(join(folder, "src", "a.ts")), true],
	["a file is renamed", () => renameSync(join(folder, "src", "a.ts"), join(folder, "src", "z.ts")), true],
	["a source that was missing appears", () => writeFileSync(join(folder, "missing"), "x"), true],
	["a file is only touched", () => utimesSync(join(folder, "src", "a.ts"), 1, 1), false],
	["something else changes", () => writeFileSync(join(folder, "other.ts"), "x"), false],
])("when %s the fingerprint says so", async (_what, change, differs) => {
	const before = await fingerprint();
	change();
	expect((await fingerprint()) !== before).toBe(differs);
});

it("calls fresh only what was built from the same sources and is all there", async () => {
	const fresh = (print: string) =>
		evaluated(`isFresh(folder + "/stamp", ${JSON.stringify(print)}, [folder + "/built"])`);
	expect(await fresh("one")).toBe(false);
	await evaluated('markFresh(folder + "/stamp", "one") ?? null');
	expect(await fresh("one")).toBe(false);
	writeFileSync(join(folder, "built"), "");
	expect(await fresh("one")).toBe(true);
	expect(await fresh("two")).toBe(false);
});

it("lets one process at a time do the work under a lock", async () => {
	const log = join(folder, "log");
	const work = `
		import { appendFileSync } from "node:fs";
		import { alone } from "./scripts/alone.mjs";
		for (let turn = 0; turn < 5; turn++) {
			alone(${JSON.stringify(join(folder, "lock"))}, () => {
				appendFileSync(${JSON.stringify(log)}, "in " + process.pid + "\\n");
				appendFileSync(${JSON.stringify(log)}, "out " + process.pid + "\\n");
			});
		}`;
	await Promise.all([runModule(work), runModule(work), runModule(work)]);
	const lines = readFileSync(log, "utf8").trim().split("\n");
	expect(lines).toHaveLength(30);
	for (let index = 0; index < lines.length; index += 2) {
		expect(lines[index + 1]).toBe(lines[index]?.replace("in", "out"));
	}
});
