import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesUnder } from "./stale.mjs";

/**
 * Makes `to` the same as `from`, touching only the files that differ, each in
 * one step: others may be reading there. Files of `from` are moved, not copied.
 * @param {string} from
 * @param {string} to
 *
 * See docs/decisions/0009-builds-by-content.md
 */
export function putInPlace(from, to) {
	const wanted = new Set(filesUnder(from).map((file) => relative(from, file)));
	for (const file of wanted) {
		const [source, target] = [join(from, file), join(to, file)];
		if (existsSync(target) && readFileSync(target).equals(readFileSync(source))) continue;
		mkdirSync(dirname(target), { recursive: true });
		renameSync(source, target);
	}
	for (const file of filesUnder(to)) {
		if (!wanted.has(relative(to, file))) rmSync(file);
	}
}
