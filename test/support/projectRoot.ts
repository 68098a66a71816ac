import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of package.json, found from here whether this file runs from source or compiled into dist/. */
export const projectRoot = findUp(__dirname);

function findUp(folder: string): string {
	if (existsSync(join(folder, "default.project.json"))) return folder;
	const parent = dirname(folder);
	if (parent === folder) throw new Error(`no project around ${__dirname}`);
	return findUp(parent);
}
