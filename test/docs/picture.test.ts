import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/projectRoot.js";
import { readDocument } from "./documents.js";

interface Element {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	text: string;
}

/** The elements of an XML document in the order they open; throws where it is not well-formed. */
function elementsOf(xml: string): Element[] {
	const all: Element[] = [];
	const open: Element[] = [];
	const token = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>|([^<&]+|&(?:amp|lt|gt|quot|#\d+);)/y;
	while (token.lastIndex < xml.length) {
		const at = token.lastIndex;
		const found = token.exec(xml);
		if (found === null) throw new Error(`not well-formed at: ${xml.slice(at, at + 60)}`);
		const [, closes, name = "", attributes = "", empty, text] = found;
		if (text !== undefined) {
			for (const element of open) element.text += text;
			if (open.length === 0 && text.trim() !== "") throw new Error(`text outside of the root: ${text}`);
		} else if (closes === "/") {
			const last = open.pop();
			if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
		} else {
			const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)];
			const element = {
				name,
				attributes: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, value])),
				text: "",
			};
			all.push(element);
			if (empty !== "/") open.push(element);
		}
	}
	if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is never closed`);
	return all;
}

describe("the picture of the two sides", () => {
	const svg = readFileSync(join(projectRoot, "docs", "two-sides.svg"), "utf8");
	const elements = elementsOf(svg);

	test("is SVG with a title, and README.md describes it for people who cannot see it", () => {
		const [root] = elements;
		expect(root).toMatchObject({
			name: "svg",
			attributes: { xmlns: "http://www.w3.org/2000/svg", role: "img" },
		});
		const title = elements.find(({ name }) => name === "title");
		expect(title?.text).toMatch(/\w+/);
		expect(title?.attributes.id).toBe(root?.attributes["aria-labelledby"]);
		expect(readDocument("README.md")).toMatch(/!\[[^\]]{40,}\]\(docs\/two-sides\.svg\)/);
	});

	test("neither loads nor runs anything", () => {
		expect(svg).not.toMatch(/<script|href|\bon\w+=|@import/i);
	});

	test("has room for every line of text in its box, in the widest of the usual fonts", () => {
		const number = (element: Element, name: string) => Number(element.attributes[name]);
		const sizes: Readonly<Record<string, number>> = { head: 16, text: 14, small: 13 };
		for (const [name, size] of Object.entries(sizes)) expect(svg).toMatch(`.${name} { font-size: ${size}px`);
		const boxes = elements.filter(
			({ name, attributes }) => name === "rect" && attributes.class !== undefined,
		);
		const lines = elements.filter(({ name }) => name === "text");
		expect(lines.length).toBeGreaterThan(10);
		for (const line of lines) {
			const around = boxes.filter((box) => {
				const [right, down] = [number(line, "x") - number(box, "x"), number(line, "y") - number(box, "y")];
				return right >= 0 && right < number(box, "width") && down > 0 && down < number(box, "height");
			});
			const classes = (line.attributes.class ?? "").split(" ");
			const size = sizes[classes.find((name) => name in sizes) ?? ""] ?? Number.NaN;
			const width = classes.includes("mono") ? 0.605 : classes.includes("head") ? 0.62 : 0.56;
			const end = number(line, "x") + line.text.length * size * width;
			const edges = around.map((box) => number(box, "x") + number(box, "width"));
			// Between the two sides there is the right one to keep clear of.
			const edge = edges.length > 0 ? Math.min(...edges) : 650;
			expect({ line: line.text, fits: end < edge }).toEqual({ line: line.text, fits: true });
		}
	});
});
