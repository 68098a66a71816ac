import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram } from "../../server/cli/program.js";
import { openApiDocument } from "../../server/http/openapi/document.js";
import { runModule } from "../scripts/runModule.js";
import { projectRoot } from "../support/projectRoot.js";
import { type Block, blocks, blocksOf, readDocument } from "./documents.js";
import { commandsOf, readPackage, start, wordsOf } from "./shell.js";

const page = "docs/developing.md";

/** Commands that are run elsewhere, and the file that runs them. */
const elsewhere: Readonly<Record<string, string>> = {
	"npm ci": ".ci/run",
	"npm run dev": "test/scripts/dev.test.ts",
};

/** The layers as rows: folders that may import the same share one, and so do the features. */
async function layerRows(): Promise<string[]> {
	const { stdout } = await runModule(`
		import { layers } from "./scripts/layers.mjs";
		console.log(JSON.stringify(layers));`);
	const layers: Array<{ folder: string; mayImport: string[]; message: string }> = JSON.parse(stdout);
	const features = layers.filter(({ message }) => message.startsWith("Features"));
	const inOneWord = features.map(({ folder }) => folder).join();
	const named = (folders: readonly string[]) =>
		folders
			.join()
			.replace(inOneWord, "features")
			.split(",")
			.map((name) => (name === "features" ? "the features" : `\`${name.replace("server/", "")}\``))
			.join(", ");
	const groups = new Map<string, string[]>();
	for (const { folder, mayImport } of layers) {
		groups.set(mayImport.join(), [...(groups.get(mayImport.join()) ?? []), folder]);
	}
	return [...groups].map(
		([mayImport, folders]) =>
			`| ${named(folders)} | ${mayImport === "" ? "nothing" : named(mayImport.split(","))} |`,
	);
}

describe("docs/developing.md", () => {
	test("has the layers that the linter enforces", async () => {
		const [, table = ""] = /<!-- layers -->\n([\s\S]*?)<!-- \/layers -->/.exec(readDocument(page)) ?? [];
		const rows = ["| folder | may import |", "| --- | --- |", ...(await layerRows())];
		expect(table.trimEnd().split("\n")).toEqual(rows);
	});

	test.each(blocksOf("diagram"))("%s: draws folders that exist", (_place, { text }) => {
		const folders = [...text.matchAll(/\b(?:server|shared|roblox)\/\w*/g)].map(([folder]) => folder);
		expect(folders.length).toBeGreaterThan(5);
		for (const folder of folders) {
			expect({ folder, exists: existsSync(join(projectRoot, folder)) }).toEqual({ folder, exists: true });
		}
	});

	test.each(blocksOf("sh").filter(([, { file }]) => file === page))("%s: works", async (_place, block) => {
		for (const command of commandsOf(block)) {
			const file = elsewhere[command];
			if (file !== undefined) {
				expect(readFileSync(join(projectRoot, file), "utf8")).toContain(command);
				continue;
			}
			const { code, stderr } = await start(wordsOf(command, {}), projectRoot, {}).ended;
			expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: expect.any(String) });
		}
	});
});

/** Applies a hunk without line numbers: its context must occur exactly once. */
function applyHunk(source: string, hunk: readonly string[]): string {
	const side = (mark: string) =>
		hunk
			.filter((line) => line.startsWith(mark) || line.startsWith(" "))
			.map((line) => `${line.slice(1)}\n`)
			.join("");
	const parts = source.split(side("-"));
	if (parts.length !== 2) throw new Error(`found ${parts.length - 1} times:\n${side("-")}`);
	return parts.join(side("+"));
}

function applyDiff(source: string, { text }: Block): string {
	return text.split(/^@@\n/m).reduce((now, hunk) => applyHunk(now, hunk.trimEnd().split("\n")), source);
}

describe("the example of a new endpoint", () => {
	let copy: string;
	beforeAll(() => {
		copy = mkdtempSync(join(tmpdir(), "placelock-example-"));
		for (const part of ["bench", "server", "shared", "test", "package.json", "tsconfig.json"]) {
			cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
		}
		symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"), "junction");
	});
	afterAll(() => rmSync(copy, { recursive: true, force: true }));

	test("compiles, and the only table that lacks a row is the one the page names", () => {
		const diffs = blocks.filter(({ file, language }) => file === page && language === "diff");
		expect(diffs.length).toBeGreaterThan(2);
		for (const diff of diffs) {
			const file = join(copy, diff.saved ?? "");
			writeFileSync(file, applyDiff(readFileSync(file, "utf8"), diff));
		}
		const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
		const { stdout } = spawnSync(process.execPath, [compiler, "--noEmit", "-p", "tsconfig.json"], {
			cwd: copy,
			encoding: "utf8",
		});
		const files = stdout.match(/^\S+(?=\(\d+,\d+\): error)/gm);
		expect(files).toEqual(["test/accounts/permissions.test.ts"]);
		expect(readDocument(page)).toContain("`test/accounts/permissions.test.ts`");
	});
});

describe("the version in package.json", () => {
	const { version, engines } = readPackage();

	test("is the version of the command line and of the OpenAPI document", () => {
		expect(createProgram().version()).toBe(version);
		expect(openApiDocument().info).toMatchObject({ version });
	});

	test("has a changelog to write the next one in", () => {
		const changelog = readDocument("CHANGELOG.md");
		const sections = [...changelog.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
		expect(sections[0]).toBe("Unreleased");
		if (sections.length === 1) expect(changelog).toContain(version);
		else expect(sections[1]).toMatch(new RegExp(`^\\[?${version.replaceAll(".", "\\.")}\\b`));
	});

	test("is run by the oldest Node that .nvmrc installs", () => {
		expect(engines.node).toBe(`>=${readFileSync(join(projectRoot, ".nvmrc"), "utf8").trim()}`);
	});
});
