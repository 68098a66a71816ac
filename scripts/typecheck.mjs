/** `npm run typecheck`: the types of every part. All of them, whatever is found. */
import { run } from "./run.mjs";

const checks = {
	"the server, the tests and the benchmarks": () =>
		run("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]),
	"the dashboard": () =>
		run("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.dashboard.json"]),
	// roblox-ts has no check without a build.
	"the Roblox module": () => run("scripts/build-roblox.mjs", ["--quiet"]),
};

const failed = Object.entries(checks).flatMap(([name, check]) => {
	process.stdout.write(`types of ${name}\n`);
	return check() ? [] : [name];
});
if (failed.length > 0) {
	process.stderr.write(`\nType errors in ${failed.join("; ")}\n`);
	process.exitCode = 1;
}
