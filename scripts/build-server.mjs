/**
 * Compiles server/ and shared/ into dist/ when they have changed. Others may be
 * running from dist/ meanwhile: the compiler writes beside it, and each file
 * that is different takes its place in one step.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { alone } from "./alone.mjs";
import { areInstalled, reportNotBuilt } from "./installed.mjs";
import { putInPlace } from "./put-in-place.mjs";
import { fingerprint, isFresh, isOfTheseSources, markFresh } from "./stale.mjs";

const sources = [
	"server",
	"shared",
	"tsconfig.json",
	"tsconfig.server.json",
	"scripts/build-server.mjs",
	"node_modules/typescript/package.json",
];
const parts = ["server", "shared"];

/**
 * Brings dist/server up to date; nothing is done when it is. What it has to say
 * goes to stderr, so that stdout stays the program's that is started next.
 * @param {string} root The project's folder.
 * @returns {boolean} Whether dist/server can be used.
 */
export function buildServer(root = dirname(dirname(fileURLToPath(import.meta.url)))) {
	if (upToDate(root)) return true;
	if (!areInstalled(root, "typescript")) {
		const usable = upToDate(root, isOfTheseSources);
		if (!usable) reportNotBuilt("The server", "TypeScript");
		return usable;
	}
	// Between here and holding the lock somebody else may have built it.
	return alone(join(root, "dist", ".building-server"), () => upToDate(root) || build(root));
}

function upToDate(root, isUpToDate = isFresh) {
	const mains = ["main.js", join("cli", "main.js")].map((file) => join(root, "dist", "server", file));
	return isUpToDate(stampOf(root), fingerprint(root, sources, ["server/dashboard"]), mains);
}

function stampOf(root) {
	return join(root, "dist", ".server-built-from");
}

function build(root) {
	const started = performance.now();
	// Taken before compiling: a file saved meanwhile makes the outcome stale, not wrongly fresh.
	const print = fingerprint(root, sources, ["server/dashboard"]);
	const draft = join(root, "dist", ".server-draft");
	rmSync(draft, { recursive: true, force: true });
	try {
		if (!compile(root, draft)) return false;
		for (const part of parts) putInPlace(join(draft, part), join(root, "dist", part));
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	markFresh(stampOf(root), print);
	process.stderr.write(`Built the server in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
	return true;
}

function compile(root, outDir) {
	const manifest = createRequire(join(root, "package.json")).resolve("typescript/package.json");
	const compiler = join(dirname(manifest), "bin", "tsc");
	const { status, stdout, stderr, error } = spawnSync(
		process.execPath,
		[compiler, "-p", "tsconfig.server.json", "--outDir", outDir],
		{ cwd: root, encoding: "utf8" },
	);
	if (status === 0) return true;
	const said = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim();
	process.stderr.write(`The server was not built: the TypeScript compiler failed.\n\n${said}\n`);
	return false;
}
