import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { projectRoot } from "../support/projectRoot.js";

/** Documents that sources name and that are not this project's, such as a standard's file in another repository. */
const elsewhere: ReadonlySet<string> = new Set([]);

function sourcesUnder(path: string): string[] {
	if (statSync(path).isFile()) return /\.(c|m)?(ts|tsx|js)$|\.luau$/.test(path) ? [path] : [];
	return readdirSync(path)
		.filter((name) => !["node_modules", ".cache", "released"].includes(name))
		.flatMap((name) => sourcesUnder(join(path, name)));
}

/** Comments only: what a program says may name any file. */
function commentsIn(text: string): string {
	return [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/[^\n]*|(?<!-)--[^\n]*/g)]
		.map(([comment]) => comment)
		.join("\n");
}

it("every document that a comment names is there", () => {
	const files = ["bench", "roblox", "scripts", "server", "shared", "test"].flatMap((folder) =>
		sourcesUnder(join(projectRoot, folder)),
	);
	expect(files.length).toBeGreaterThan(500);
	const missing = files.flatMap((file) =>
		[...commentsIn(readFileSync(file, "utf8")).matchAll(/[\w./-]*\w\.md\b/g)]
			.map(([name]) => name)
			.filter((name) => !elsewhere.has(name))
			.filter((name) => !existsSync(join(projectRoot, name)) && !existsSync(join(dirname(file), name)))
			.map((name) => `${relative(projectRoot, file)}: ${name}`),
	);
	expect(missing).toEqual([]);
});
