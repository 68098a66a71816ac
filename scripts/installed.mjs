import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Whether packages are installed that `npm ci --omit=dev` leaves out.
 * @param {string} root The project's folder.
 * @param {readonly string[]} names
 */
export function areInstalled(root, ...names) {
	const { resolve } = createRequire(join(root, "package.json"));
	try {
		for (const name of names) resolve(`${name}/package.json`);
		return true;
	} catch {
		return false;
	}
}

/** @param {string} what @param {string} program */
export function reportNotBuilt(what, program) {
	process.stderr.write(
		`${what} is not built from these sources, and ${program}, which builds it, is not installed (--omit=dev). ` +
			"Run `npm ci`, or build the same sources elsewhere and copy dist/ here.\n",
	);
}
