import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { runModule } from "./runModule.js";

let root: string;
const write = (file: string, text: string) => {
	mkdirSync(dirname(join(root, file)), { recursive: true });
	writeFileSync(join(root, file), text);
};
const built = (file: string) => join(root, "dist", "dashboard", file);
const scripts = () =>
	readdirSync(built("assets")).map((name) => readFileSync(built(join("assets", name)), "utf8"));
const build = async () => {
	const { stdout, stderr } = await runModule(
		`import { buildDashboard } from "./scripts/build-dashboard.mjs"; console.log(buildDashboard(${JSON.stringify(root)}));`,
	);
	return { usable: stdout.trim() === "true", said: stderr };
};

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "placelock-build-"));
	symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
	for (const file of [
		"package.json",
		"tsconfig.json",
		"tsconfig.dashboard.json",
		"server/dashboard/vite.config.mts",
	]) {
		cpSync(join(projectRoot, file), join(root, file));
	}
	write("shared/word.ts", 'export const word: string = "one";\n');
	write(
		"server/dashboard/index.html",
		'<!doctype html><title>T</title><script type="module" src="./main.ts"></script>',
	);
	write("server/dashboard/main.ts", 'import { word } from "../../shared/word.js";\ndocument.title = word;\n');
});
afterEach(() => {
	// The link first: what it leads to is not ours.
	rmSync(join(root, "node_modules"));
	rmSync(root, { recursive: true, force: true });
});

it("builds what is missing, and then nothing until a source changes", async () => {
	expect(await build()).toEqual({ usable: true, said: expect.stringContaining("Built the dashboard") });
	expect(readFileSync(built("index.html"), "utf8")).toMatch(/src="\.\/assets\/index-[\w-]+\.js"/);
	expect(await build()).toEqual({ usable: true, said: "" });
	write("shared/word.ts", 'export const word: string = "two";\n');
	expect(await build()).toEqual({ usable: true, said: expect.stringContaining("Built the dashboard") });
	expect(scripts()).toEqual([expect.stringContaining("two")]);
});

it("says what is wrong, and keeps what was built before, when a source is broken", async () => {
	await build();
	write("server/dashboard/main.ts", 'import { word } from "./nowhere.js";\ndocument.title = word;\n');
	const { usable, said } = await build();
	expect(usable).toBe(false);
	expect(said).toContain("./nowhere.js");
	expect(scripts()).toEqual([expect.stringContaining("one")]);
	expect(existsSync(join(root, "dist", ".dashboard-draft"))).toBe(false);
});
