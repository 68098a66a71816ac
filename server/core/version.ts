import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version in the nearest package.json above: sources and build output are at different depths. */
export function version(): string {
	let folder = __dirname;
	while (!existsSync(join(folder, "package.json"))) {
		if (folder === dirname(folder)) return "unknown";
		folder = dirname(folder);
	}
	return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version ?? "unknown";
}
