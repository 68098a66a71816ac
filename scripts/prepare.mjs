/**
 * `npm ci` and `npm install` run this: builds everything, so that what comes
 * next only checks that it is up to date. An installation of `--omit=dev` has
 * no compilers, and needs a build of the same sources in dist/.
 */
import { areInstalled } from "./installed.mjs";
import { root } from "./run.mjs";

if (areInstalled(root, "typescript", "vite", "roblox-ts", "rojo")) await import("./build.mjs");
else
	process.stderr.write("Placelock was not built: the development packages are not installed (--omit=dev).\n");
