/**
 * `npm run build:roblox`: compiles roblox/ and shared/ with roblox-ts, then packs
 * them with Rojo into dist/roblox/Placelock.rbxm, and into .rbxmx, the same model as
 * XML, which the tests run. Does nothing if no source has changed.
 *
 *   --quiet  print errors only
 *   --force  build even if no source has changed
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { alone } from "./alone.mjs";
import { filesUnder, fingerprint, isFresh, markFresh } from "./stale.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const quiet = process.argv.includes("--quiet");
const force = process.argv.includes("--force");

const sources = [
	"roblox",
	"shared",
	"default.project.json",
	"tsconfig.roblox.json",
	"scripts/build-roblox.mjs",
	"node_modules/@rbxts/t/package.json",
	"node_modules/@rbxts/services/package.json",
	"node_modules/roblox-ts/package.json",
];
const models = ["Placelock.rbxm", "Placelock.rbxmx"].map((file) => join(root, "dist", "roblox", file));
const stamp = join(root, "dist", "roblox", ".built-from");

function log(text) {
	if (!quiet) console.log(text);
}

/** Runs a program of a package with this Node. */
function run(name, program, args) {
	const result = spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: "utf8" });
	if (result.status === 0) return;
	const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
	const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`
		.replace(colours, "")
		.trim();
	console.error(`The Roblox model was not built: ${name} failed.\n\n${output}\n`);
	process.exitCode = 1;
	throw new BuildFailed();
}

class BuildFailed extends Error {}

/** Removes the output of deleted sources, which roblox-ts leaves behind and which must not get into the model. */
function removeLeftovers() {
	for (const part of ["roblox", "shared"]) {
		for (const file of filesUnder(join(root, "out", part))) {
			const source = join(root, part, relative(join(root, "out", part), file));
			const hasSource = [source.replace(/(^|[\\/])init\.luau$/, "$1index.ts"), source]
				.map((path) => path.replace(/\.luau$/, ".ts"))
				.some((path) => existsSync(path));
			if (!hasSource) rmSync(file);
		}
	}
}

function build() {
	const startedAt = performance.now();
	const sourcesFingerprint = fingerprint(root, sources);
	if (!force && isFresh(stamp, sourcesFingerprint, models)) {
		log("The Roblox model is up to date: dist/roblox/Placelock.rbxm");
		return;
	}
	rmSync(stamp, { force: true });
	removeLeftovers();
	run("roblox-ts", join(dirname(require.resolve("roblox-ts/package.json")), "out", "CLI", "cli.js"), [
		"-p",
		"tsconfig.roblox.json",
		"--type",
		"model",
		"-i",
		"out/include",
		"--rojo",
		"default.project.json",
	]);
	mkdirSync(dirname(stamp), { recursive: true });
	const rojo = rojoProgram();
	for (const model of models) run("Rojo", rojo, ["build", "default.project.json", "--output", model]);
	markFresh(stamp, sourcesFingerprint);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	log(`Built the Roblox model in ${seconds} s: dist/roblox/Placelock.rbxm`);
}

function rojoProgram() {
	const manifest = require.resolve("rojo/package.json");
	const { bin } = require(manifest);
	return join(dirname(manifest), typeof bin === "string" ? bin : bin.rojo);
}

try {
	alone(join(root, "dist", "roblox", ".building"), build);
} catch (error) {
	if (!(error instanceof BuildFailed)) throw error;
}
