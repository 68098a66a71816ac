import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../projectRoot.js";

/** An instance of a Roblox model file, with its descendants. */
export interface ModelNode {
	readonly name: string;
	readonly className: string;
	/** The Luau source of a script. */
	readonly source?: string;
	readonly children: readonly ModelNode[];
}

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (_whole, decimal, hex, name) =>
		name === undefined
			? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
			: (entities[name] ?? ""),
	);
}

/** Parses a model in Roblox's XML format (`.rbxmx`), as Rojo writes it. */
export function readModel(xml: string): ModelNode[] {
	interface Open {
		className: string;
		properties: Record<string, string>;
		children: ModelNode[];
	}
	const roots: ModelNode[] = [];
	const open: Open[] = [];
	const token =
		/<Item class="(\w+)"[^>]*>|<\/Item>|<(string|ProtectedString) name="(\w+)">(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))((?:<!\[CDATA\[[\s\S]*?\]\]>)*)<\/\2>/g;
	for (const [whole, className, , property, cdata, plain, more] of xml.matchAll(token)) {
		if (className !== undefined) {
			open.push({ className, properties: {}, children: [] });
		} else if (whole === "</Item>") {
			const item = open.pop();
			if (item === undefined) throw new Error("the model closes an item that it did not open");
			const { Name = item.className, Source } = item.properties;
			(open.at(-1)?.children ?? roots).push({
				name: Name,
				className: item.className,
				source: Source,
				children: item.children,
			});
		} else {
			const rest = (more ?? "").replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1");
			const item = open.at(-1);
			if (item !== undefined && property !== undefined) {
				item.properties[property] = (cdata ?? decodeEntities(plain ?? "")) + rest;
			}
		}
	}
	return roots;
}

let built: ModelNode[] | undefined;

/** The SDK's model from `npm run build:roblox`, built first if its sources have changed. */
export function placelockModel(): ModelNode[] {
	if (built === undefined) {
		const run = spawnSync(process.execPath, [join(projectRoot, "scripts", "build-roblox.mjs"), "--quiet"], {
			encoding: "utf8",
		});
		if (run.status !== 0) throw new Error(`the SDK could not be built:\n${run.stdout}${run.stderr}`);
		built = readModel(readFileSync(join(projectRoot, "dist", "roblox", "Placelock.rbxmx"), "utf8"));
	}
	return built;
}
