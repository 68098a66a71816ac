import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { documents, readDocument } from "./documents.js";

interface Link {
	readonly from: string;
	readonly target: string;
}

/** The text outside of fenced blocks. */
function prose(file: string): string {
	return readDocument(file).replace(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\1\2$/gm, "");
}

const links: Link[] = documents.flatMap((file) =>
	[...prose(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => ({ from: file, target })),
);

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(file: string): string[] {
	return [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, "")
			.replaceAll(" ", "-"),
	);
}

/** Files of the project that the text names as code. */
const named: Link[] = documents.flatMap((file) =>
	[...prose(file).matchAll(/`(?:node )?((?:bench|docs|roblox|scripts|server|shared|test)\/[\w./-]*)`/g)].map(
		([, target = ""]) => ({ from: file, target }),
	),
);

describe("files that the documentation names", () => {
	test.each(named)("$from: $target exists", ({ target }) => {
		expect(existsSync(join(projectRoot, target))).toBe(true);
	});
});

describe("the links of the documentation", () => {
	const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

	test.each(inside)(
		"$from: $target leads to a file, and to a heading if it names one",
		({ from, target }) => {
			const [path = "", anchor] = target.split("#");
			const file = path === "" ? from : posix.join(posix.dirname(from), path);
			expect(existsSync(join(projectRoot, file))).toBe(true);
			if (anchor !== undefined) expect(anchors(file)).toContain(anchor);
		},
	);

	test("to other sites use https", () => {
		for (const { target } of links) if (/^[a-z]+:/.test(target)) expect(target).toMatch(/^https:\/\/\w/);
	});

	test("reach every document from README.md and the index of decisions", () => {
		const reached = links
			.filter(({ from }) => ["README.md", "docs/decisions/README.md"].includes(from))
			.map(({ from, target }) => posix.join(posix.dirname(from), target.split("#")[0] ?? ""));
		for (const file of documents) if (file !== "README.md") expect(reached).toContain(file);
	});
});
