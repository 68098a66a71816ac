/**
 * Builds server/dashboard/ into dist/dashboard when it, the contract or its
 * packages have changed. A server that runs meanwhile goes on with what it has read.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { alone } from "./alone.mjs";
import { areInstalled, reportNotBuilt } from "./installed.mjs";
import { putInPlace } from "./put-in-place.mjs";
import { fingerprint, isFresh, isOfTheseSources, markFresh } from "./stale.mjs";

const packages = [
	"@mantine/charts",
	"@mantine/core",
	"@mantine/form",
	"@mantine/hooks",
	"@mantine/notifications",
	"@tabler/icons-react",
	"@tanstack/react-query",
	"ipaddr.js",
	"react",
	"react-dom",
	"react-router",
	"recharts",
	"vite",
];
const sources = [
	"server/dashboard",
	"server/isomorphic",
	"shared",
	"tsconfig.json",
	"tsconfig.dashboard.json",
	"scripts/build-dashboard.mjs",
	...packages.map((name) => `node_modules/${name}/package.json`),
];

/**
 * Brings dist/dashboard up to date; nothing is done when it is. What it has to
 * say goes to stderr, so that stdout stays the program's that is started next.
 * @param {string} root The project's folder.
 * @returns {boolean} Whether dist/dashboard can be used.
 */
export function buildDashboard(root = dirname(dirname(fileURLToPath(import.meta.url)))) {
	if (upToDate(root)) return true;
	if (!areInstalled(root, "vite")) {
		const usable = upToDate(root, isOfTheseSources);
		if (!usable) reportNotBuilt("The dashboard", "Vite");
		return usable;
	}
	// Between here and holding the lock somebody else may have built it.
	return alone(join(root, "dist", ".building-dashboard"), () => upToDate(root) || build(root));
}

function upToDate(root, isUpToDate = isFresh) {
	const page = join(root, "dist", "dashboard", "index.html");
	return isUpToDate(stampOf(root), fingerprint(root, sources), [page]);
}

function stampOf(root) {
	return join(root, "dist", ".dashboard-built-from");
}

function build(root) {
	const started = performance.now();
	// Taken before building: a file saved meanwhile makes the outcome stale, not wrongly fresh.
	const print = fingerprint(root, sources);
	const draft = join(root, "dist", ".dashboard-draft");
	rmSync(draft, { recursive: true, force: true });
	try {
		if (!bundle(root, draft)) return false;
		putInPlace(draft, join(root, "dist", "dashboard"));
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	markFresh(stampOf(root), print);
	process.stderr.write(`Built the dashboard in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
	return true;
}

function bundle(root, outDir) {
	const source = join(root, "server", "dashboard");
	const { status, stdout, stderr, error } = spawnSync(
		process.execPath,
		[
			join(root, "node_modules", "vite", "bin", "vite.js"),
			"build",
			source,
			"--outDir",
			outDir,
			"--logLevel",
			"warn",
		],
		{ cwd: root, encoding: "utf8" },
	);
	const said = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim();
	if (status === 0) {
		if (said !== "") process.stderr.write(`${said}\n`);
		return true;
	}
	process.stderr.write(`The dashboard was not built: vite failed.\n\n${said}\n`);
	return false;
}
