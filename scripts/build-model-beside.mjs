import { spawn } from "node:child_process";
import { join } from "node:path";
import { areInstalled } from "./installed.mjs";
import { root } from "./run.mjs";

/**
 * Brings the Roblox model, which the dashboard offers for download, up to date
 * in a process of its own: the server need not wait for it, nor end with it.
 * Without the programs that build it (an installation of `--omit=dev`), nothing
 * is done; the download then says what to do.
 */
export function buildModelBeside() {
	if (!areInstalled(root, "roblox-ts", "rojo")) return;
	const build = spawn(process.execPath, [join(root, "scripts", "build-roblox.mjs"), "--quiet"], {
		cwd: root,
		// What it has to say goes to stderr: stdout is the server's.
		stdio: ["ignore", 2, 2],
	});
	build.once("error", (error) =>
		process.stderr.write(`The Roblox model could not be built: ${error.message}\n`),
	);
	build.unref();
}
