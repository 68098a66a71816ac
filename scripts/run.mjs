import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a JavaScript program of the project or of a package with this node, in
 * the project's folder, writing where this process writes.
 * @param {string} program Relative to the project's folder.
 * @param {readonly string[]} args
 * @returns {boolean} Whether it succeeded.
 */
export function run(program, args = []) {
	return runNode(program, [join(root, program), ...args]);
}

/**
 * Runs a TypeScript program of the project that is not part of the build.
 * @param {string} program Relative to the project's folder.
 * @returns {boolean} Whether it succeeded.
 */
export function runTypescript(program) {
	return runNode(program, ["-r", join(root, "test/support/typescript.cjs"), join(root, program)]);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function runNode(program, args) {
	const { status, error } = spawnSync(process.execPath, args, {
		cwd: root,
		stdio: "inherit",
	});
	if (error !== undefined) process.stderr.write(`${program} could not be run: ${error.message}\n`);
	return status === 0;
}
