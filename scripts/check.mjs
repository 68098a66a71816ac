/** `npm run check`: format, lint and the types of every part. All of them, whatever is found. */
import { run } from "./run.mjs";

const checks = {
	"format and lint": () => run("node_modules/@biomejs/biome/bin/biome", ["check", "."]),
	"types of the server, the tests and the benchmarks": () =>
		run("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]),
	"types of the dashboard": () =>
		run("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.dashboard.json"]),
	// roblox-ts has no check without a build.
	"types of the Roblox module": () => run("scripts/build-roblox.mjs", ["--quiet"]),
};

const failed = Object.entries(checks).flatMap(([name, check]) => {
	process.stdout.write(`${name}\n`);
	return check() ? [] : [name];
});
if (failed.length > 0) {
	process.stderr.write(`\nNot in order: ${failed.join("; ")}\n`);
	process.exitCode = 1;
}
