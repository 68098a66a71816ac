import {
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
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
const built = (file: string) => join(root, "dist", file);
const build = async () => {
	const { stdout, stderr } = await runModule(
		`import { buildServer } from "./scripts/build-server.mjs"; console.log(buildServer(${JSON.stringify(root)}));`,
	);
	return { usable: stdout.trim() === "true", said: stderr };
};

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "placelock-build-"));
	symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
	for (const file of ["package.json", "tsconfig.json", "tsconfig.server.json"]) {
		copyFileSync(join(projectRoot, file), join(root, file));
	}
	write("shared/word.ts", 'export const word: string = "one";\n');
	write("server/main.ts", 'import { word } from "../shared/word.js";\nconsole.log(word);\n');
	write("server/cli/main.ts", 'import { word } from "../../shared/word.js";\nconsole.log(word);\n');
});
afterEach(() => {
	// The link first: what it leads to is not ours.
	rmSync(join(root, "node_modules"), { force: true });
	rmSync(root, { recursive: true, force: true });
});

it("builds what is missing, and then nothing until a source changes", async () => {
	expect(await build()).toEqual({ usable: true, said: expect.stringContaining("Built the server") });
	expect(await build()).toEqual({ usable: true, said: "" });
	write("shared/word.ts", 'export const word: string = "two";\n');
	expect(await build()).toEqual({ usable: true, said: expect.stringContaining("Built the server") });
	expect(readFileSync(built("shared/word.js"), "utf8")).toContain('"two"');
});

it("goes by contents: a source that was only touched is no reason to build", async () => {
	await build();
	write("shared/word.ts", 'export const word: string = "one";\n');
	expect((await build()).said).toBe("");
});

it("leaves the sources of the dashboard to its own build", async () => {
	write("server/dashboard/main.tsx", "export const page = <main />;\n");
	await build();
	write("server/dashboard/main.tsx", "this is not even a program\n");
	expect(await build()).toEqual({ usable: true, said: "" });
	expect(existsSync(built("server/dashboard"))).toBe(false);
});

it("builds again when something built is gone", async () => {
	await build();
	rmSync(built("server/cli/main.js"));
	expect((await build()).said).toContain("Built the server");
	expect(existsSync(built("server/cli/main.js"))).toBe(true);
});

it("leaves alone the files that come out the same, and removes those whose source is gone", async () => {
	write("server/old.ts", "export const old = 1;\n");
	await build();
	const before = statSync(built("server/main.js"));
	rmSync(join(root, "server", "old.ts"));
	write("shared/word.ts", 'export const word: string = "two";\n');
	await build();
	const after = statSync(built("server/main.js"));
	expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
	expect(existsSync(built("server/old.js"))).toBe(false);
});

it("uses what was built from the same sources where no compiler is installed, and nothing else", async () => {
	await build();
	rmSync(join(root, "node_modules"));
	expect(await build()).toEqual({ usable: true, said: "" });
	write("shared/word.ts", 'export const word: string = "two";\n');
	const { usable, said } = await build();
	expect(usable).toBe(false);
	expect(said).toMatch(/^The server is not built from these sources, and TypeScript.* is not installed.*\n$/);
});

it("builds once when several start at the same moment", async () => {
	const ends = await Promise.all([build(), build(), build(), build()]);
	expect(ends.map(({ usable }) => usable)).toEqual([true, true, true, true]);
	expect(ends.filter(({ said }) => said.includes("Built the server"))).toHaveLength(1);
});

it("takes over the lock of a build that was killed", async () => {
	const { stdout } = await runModule("console.log(process.pid)");
	write("dist/.building-server/pid", stdout.trim());
	expect((await build()).usable).toBe(true);
	expect(existsSync(built(".building-server"))).toBe(false);
});

it("says what the compiler said, and keeps what was built before, when a source is wrong", async () => {
	await build();
	write("shared/word.ts", "export const word: string = 7;\n");
	const { usable, said } = await build();
	expect(usable).toBe(false);
	expect(said).toContain("shared/word.ts(1,14)");
	expect(readFileSync(built("shared/word.js"), "utf8")).toContain('"one"');
	expect(existsSync(built(".server-draft"))).toBe(false);
});
