import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";

/** A fenced block of the documentation. */
export interface Block {
	/** Relative to the project's folder. */
	readonly file: string;
	/** Of the opening fence, from 1. */
	readonly line: number;
	readonly language: string;
	/** The file it belongs to: the word after the language in the opening fence. */
	readonly saved?: string;
	/** The heading of the second level it stands under, if any. */
	readonly section?: string;
	/** The heading just above it, of whatever level. */
	readonly heading?: string;
	readonly text: string;
	/** Its output: the next `text` or `json` block under the same heading. */
	readonly shows?: Block;
}

/** README.md, the other documents beside it, and everything in docs/. */
export const documents: readonly string[] = [
	"README.md",
	"CHANGELOG.md",
	"CONTRIBUTING.md",
	...readdirSync(join(projectRoot, "docs"), { recursive: true, encoding: "utf8" })
		.map((file) => `docs/${file.replaceAll("\\", "/")}`)
		.filter((file) => file.endsWith(".md"))
		.sort(),
];

export function readDocument(file: string): string {
	return readFileSync(join(projectRoot, file), "utf8").replaceAll("\r\n", "\n");
}

/** Languages of blocks that only show the output of the block before them. */
const shown = ["text", "json"];

/** Every fenced block, in the order a reader meets them. */
export const blocks: readonly Block[] = documents.flatMap((file) => blocksIn(file, readDocument(file)));

export function blocksIn(file: string, source: string): Block[] {
	const found: Array<Block & { shows?: Block }> = [];
	let before: (Block & { shows?: Block }) | undefined;
	let open: { fence: string; line: number; info: string; lines: string[] } | undefined;
	let section: string | undefined;
	let heading: string | undefined;
	for (const [index, line] of source.split("\n").entries()) {
		const [, fence, info = ""] = /^\s*(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
		if (open === undefined) {
			if (fence !== undefined) open = { fence, line: index + 1, info, lines: [] };
			const [, level, title] = /^(#+) (.*)$/.exec(open === undefined ? line : "") ?? [];
			if (level === undefined) continue;
			before = undefined;
			heading = title;
			if (level === "##") section = title;
		} else if (fence === open.fence && info === "") {
			const [language = "", saved] = open.info.split(" ");
			const block = {
				file,
				line: open.line,
				language,
				...(saved === undefined ? {} : { saved }),
				...(section === undefined ? {} : { section }),
				...(heading === undefined ? {} : { heading }),
				text: open.lines.join("\n"),
			};
			if (shown.includes(block.language) && before !== undefined) before.shows = block;
			before = shown.includes(block.language) ? undefined : block;
			found.push(block);
			open = undefined;
		} else {
			open.lines.push(line);
		}
	}
	if (open !== undefined) throw new Error(`${file}:${open.line} opens a block that is never closed`);
	return found;
}

/** The blocks in a language, each with its file and line for the test's name. */
export function blocksOf(language: string): Array<[place: string, block: Block]> {
	return blocks
		.filter((block) => block.language === language)
		.map((block) => [`${block.file}:${block.line}`, block]);
}

/** The rows of the table whose first column is called `first`, without the header. */
export function tableRows(file: string, first: string): string[][] {
	const lines = readDocument(file).split("\n");
	const header = lines.findIndex((line) => line.startsWith("|") && cells(line)[0] === first);
	if (header === -1) throw new Error(`${file} has no table whose first column is "${first}"`);
	const rows = lines.slice(header + 2);
	const end = rows.findIndex((line) => !line.startsWith("|"));
	return rows.slice(0, end).map(cells);
}

function cells(line: string): string[] {
	return line
		.split("|")
		.slice(1, -1)
		.map((cell) => cell.trim());
}
