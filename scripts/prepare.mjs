/**
 * `npm ci` and `npm install` run this: builds everything, so that what comes
 * next only checks that it is up to date. An installation of `--omit=dev` has
 * no compilers, and needs a build from elsewhere in dist/.
 */
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

function isInstalled(name) {
	try {
		resolve(`${name}/package.json`);
		return true;
	} catch {
		return false;
	}
}

if (["typescript", "vite", "roblox-ts", "rojo"].every(isInstalled)) await import("./build.mjs");
else
	process.stderr.write("Placelock was not built: the development packages are not installed (--omit=dev).\n");
