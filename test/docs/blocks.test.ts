import { blocks, blocksIn, documents } from "./documents.js";
import { wordsOf } from "./shell.js";
import { expectShown } from "./shown.js";

/** Languages whose every block is run or compiled. */
const run = ["sh", "lua", "ts", "ini", "csv", "diff"];
/** Files of other programs: what they say about Placelock is compared with it. */
const configured = ["caddyfile", "nginx", "yaml"];
/** Drawings: the folders in them are compared with those of the project. */
const drawn = ["diagram"];

describe("blocks of the documentation", () => {
	test("are found in the documents", () => {
		expect(documents).toEqual(expect.arrayContaining(["README.md", "docs/sdk.md"]));
		expect(new Set(blocks.map(({ language }) => language))).toEqual(
			new Set([...run, ...configured, ...drawn, "text", "json"]),
		);
	});

	test("are run, compared, or the output of the block before them", () => {
		const shows = new Set(blocks.map((block) => block.shows));
		const looked = [...run, ...configured, ...drawn];
		const unknown = blocks.filter((block) => !looked.includes(block.language) && !shows.has(block));
		expect(unknown).toEqual([]);
	});
});

describe("reading blocks", () => {
	const read = (...lines: string[]) => blocksIn("x.md", lines.join("\n"));

	test("links output to its command, within a section", () => {
		const [first, second, third, fourth] = read(
			"```sh",
			"a",
			"```",
			"which prints",
			"```text",
			"b",
			"```",
			"## Other",
			"```text",
			"c",
			"```",
			"  ~~~lua",
			"```",
			"  ~~~",
		);
		expect(first).toEqual({ file: "x.md", line: 1, language: "sh", text: "a", shows: second });
		expect(third).toEqual({
			file: "x.md",
			line: 9,
			language: "text",
			section: "Other",
			heading: "Other",
			text: "c",
		});
		expect(fourth).toMatchObject({ language: "lua", text: "```" });
	});

	test("finds the file and the section of a block", () => {
		const [block] = read("## First", "### Below", "```ini .env", "A=1", "```");
		expect(block).toMatchObject({
			language: "ini",
			saved: ".env",
			section: "First",
			heading: "Below",
			text: "A=1",
		});
	});

	test("rejects a block that is never closed", () => {
		expect(() => read("```sh", "a")).toThrow("x.md:1 opens a block");
	});
});

describe("reading commands", () => {
	test("reads quotes and variables as a shell does", () => {
		expect(wordsOf(`a "b $C" '$C' d`, { C: "see" })).toEqual(["a", "b see", "$C", "d"]);
	});

	test.each(["a | b", "a > b", "a `b`", "a $B", 'a "b'])("rejects %s", (line) => {
		expect(() => wordsOf(line, {})).toThrow();
	});
});

describe("comparing what is shown", () => {
	test("ignores IDs, times and ports, and nothing else", () => {
		expectShown("ws_d7xo05NXfrt5 http://127.0.0.1:8080 on", "ws_000000000000 http://127.0.0.1:1 on\n");
		expect(() => expectShown("place 123456", "place 123457")).toThrow();
	});

	test("lets … stand for anything", () => {
		expectShown("a (b)\n…\nd", "a (b)\nc\nc\nd");
		expect(() => expectShown("a\n…", "b\na\nc")).toThrow();
		expect(() => expectShown("a\n…\nc", "a\nb\nc\nd")).toThrow();
	});
});
