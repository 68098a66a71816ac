import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { documents, readDocument } from "./documents.js";

interface Link {
	readonly from: string;
	readonly target: string;
}

/** What is outside of fenced blocks. */
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
	[...prose(file).matchAll(/`(?:node )?((?:bench|dist|docs|scripts|server|shared)\/[\w./-]+\w)`/g)].map(
		([, target = ""]) => ({ from: file, target }),
	),
);

describe("the files that the documentation names", () => {
	test.each(named)("$from: $target is there", ({ target }) => {
		expect(existsSync(join(projectRoot, target))).toBe(true);
	});
});

describe("the links of the documentation", () => {
	const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));

	test.each(inside)("$from: $target leads to a file, and to a heading in it", ({ from, target }) => {
		const [path = "", anchor] = target.split("#");
		const file = path === "" ? from : posix.join(posix.dirname(from), path);
		expect(existsSync(join(projectRoot, file))).toBe(true);
		if (anchor !== undefined) expect(anchors(file)).toContain(anchor);
	});

	test("to elsewhere are https", () => {
		for (const { target } of links) if (/^[a-z]+:/.test(target)) expect(target).toMatch(/^https:\/\/\w/);
	});

	test("lead from README.md to every document, so that none is lost", () => {
		const withSigner = links
			.filter(({ from }) => from === "README.md")
			.map(({ target }) => target.split("#")[0]);
		for (const file of documents) if (dirname(file) === "docs") expect(withSigner).toContain(file);
	});
});
