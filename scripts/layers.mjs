/**
 * The layers of the sources, and whether the imports keep to them. Run as a
 * program it prints what it found and fails on any problem:
 *
 *   node scripts/layers.mjs
 *
 * biome.json has the same rules, so that editors show them; a test compares both.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ground = ["shared"];
const leaves = [...ground, "server/isomorphic", "server/primitives"];
const records = [...leaves, "server/model"];
const port = [...records, "server/store"];
const rules = [...port, "server/secrets", "server/core"];
const features = [
	"accounts",
	"activity",
	"audit",
	"denials",
	"keys",
	"places",
	"retention",
	"usage",
	"workspaces",
].map((name) => `server/${name}`);
const handlers = [...rules, ...features, "server/api"];
const app = [...handlers, "server/http", "server/storage", "server/boot"];

/**
 * From the ground up. `mayImport` leaves out the folder itself, and `message`
 * says what to do about an import that is not among them.
 *
 * See docs/decisions/0057-layers.md
 */
export const layers = [
	{ folder: "shared", mayImport: [], message: "shared/ is the contract: it imports nothing." },
	{
		folder: "roblox",
		mayImport: ground,
		message: "roblox/ imports only shared/: the server is written for Node.",
	},
	{
		folder: "server/isomorphic",
		mayImport: ground,
		message: "server/isomorphic also runs in the browser: it imports only shared/.",
	},
	{
		folder: "server/primitives",
		mayImport: ground,
		message: "server/primitives knows nothing of Placelock: it imports only shared/.",
	},
	{
		folder: "server/model",
		mayImport: leaves,
		message: "server/model is the ground: records and pure functions of one record.",
	},
	{
		folder: "server/store",
		mayImport: records,
		message: "server/store is the port alone: it names the records, and knows no adapter and no feature.",
	},
	{
		folder: "server/secrets",
		mayImport: port,
		message: "server/secrets knows the store port, and no feature.",
	},
	{
		folder: "server/storage",
		mayImport: port,
		message: "server/storage holds adapters: a rule that both need is a pure function in server/model.",
	},
	{
		folder: "server/core",
		mayImport: [...port, "server/secrets"],
		message: "server/core is what every feature needs: it knows none of them.",
	},
	...features.map((folder) => ({
		folder,
		mayImport: [...rules, ...features],
		message: "Features hold rules: no HTTP, no adapter. They know no handler.",
	})),
	{
		folder: "server/api",
		mayImport: [...rules, ...features],
		message: "server/api holds handlers and serializers: it knows neither sockets nor a database.",
	},
	{
		folder: "server/http",
		mayImport: handlers,
		message: "server/http serves handlers: it knows no adapter, and nothing that puts the server together.",
	},
	{
		folder: "server/boot",
		mayImport: [...handlers, "server/http", "server/storage"],
		message: "server/boot puts the server together: the command line and the doctor stand on it.",
	},
	{ folder: "server/doctor", mayImport: app, message: "server/doctor stands on server/boot." },
	{
		folder: "server/cli",
		mayImport: [...app, "server/doctor"],
		message: "server/cli stands on everything but the dashboard.",
	},
	{
		folder: "server/dashboard",
		mayImport: [...ground, "server/isomorphic"],
		message: "server/dashboard runs in the browser: it imports only shared/ and server/isomorphic.",
	},
];

/** Folders that no rule is about: they may import everything, and nothing imports them. */
const onTop = ["bench", "server/main.ts"];

/** Folders of the dashboard that are called as one of the server (or of a package): an import by its name says nothing there. */
const dashboardFolders = ["accounts", "api", "audit", "core", "denials", "keys", "places", "workspaces"];

/** The same rules for biome.json, as far as a pattern on the end of a path can tell. */
export function biomeOverrides() {
	const folders = layers.map(({ folder }) => folder);
	return layers.map(({ folder, mayImport, message }) => {
		const forbidden = folders
			.filter((other) => other !== folder && !mayImport.includes(other))
			.map((other) => other.split("/").at(-1))
			.filter((name) => folder !== "server/dashboard" || !dashboardFolders.includes(name))
			.filter((name) => folder !== "roblox" || name === "dashboard");
		const group = [
			...forbidden.map((name) => `**/${name}/**`),
			...(folder === "roblox" ? ["**/server/**"] : []),
		];
		return {
			includes: [`${folder}/**`],
			linter: {
				rules: {
					style: {
						noRestrictedImports: { level: "error", options: { patterns: [{ group, message }] } },
					},
				},
			},
		};
	});
}

/** @param {string} root */
export function readImports(root) {
	const files = ["shared", "roblox", "server", "bench"].flatMap((folder) => sourcesUnder(join(root, folder)));
	const known = new Set(files.map((file) => nameOf(root, file)));
	return files.flatMap((file) => {
		const from = nameOf(root, file);
		return specifiersIn(readFileSync(file, "utf8")).flatMap((specifier) => {
			const to = resolved(from, specifier, known) ?? testFile(from, specifier);
			return to === undefined ? [] : [{ from, to }];
		});
	});
}

/**
 * What is wrong, as sentences, and the figures.
 * @param {readonly { from: string, to: string }[]} imports
 */
export function examine(imports) {
	const problems = [];
	const arrows = new Map();
	for (const { from, to } of imports) {
		const [source, target] = [folderOf(from), folderOf(to)];
		if (source === target) continue;
		arrows.set(`${source} ${target}`, [source, target]);
		const layer = layers.find(({ folder }) => folder === source);
		if (layer === undefined && !onTop.includes(source)) {
			problems.push(`${from} is in no layer: add ${source} to scripts/layers.mjs.`);
		} else if (layer !== undefined && !layer.mayImport.includes(target)) {
			problems.push(`${from} imports ${to}. ${layer.message}`);
		}
	}
	const knots = cyclesOf([...arrows.values()]);
	for (const knot of knots)
		problems.push(`These folders reach themselves through each other: ${knot.join(", ")}`);
	for (const [name, edges] of [
		["files", imports.map(({ from, to }) => [from, to])],
		[
			"subfolders",
			imports
				.map(({ from, to }) => [dirname(from), dirname(to)])
				.filter(([a, b]) => a !== b && !within(a, b)),
		],
	]) {
		for (const cycle of cyclesOf(edges))
			problems.push(`These ${name} import each other in a circle: ${cycle.join(", ")}`);
	}
	return {
		problems,
		folders: new Set(imports.map(({ from }) => folderOf(from))).size,
		arrows: arrows.size,
		knots,
	};
}

/** A folder and one beneath it are one subject: an index may import its parts, and they what they share. */
function within(a, b) {
	return a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Strongly connected parts with more than one member: Tarjan's algorithm. */
function cyclesOf(edges) {
	const next = new Map();
	for (const [from, to] of edges) {
		if (from === to) continue;
		next.set(from, (next.get(from) ?? new Set()).add(to));
	}
	const index = new Map();
	const low = new Map();
	const stack = [];
	const onStack = new Set();
	const cycles = [];
	const visit = (node) => {
		index.set(node, index.size);
		low.set(node, index.get(node));
		stack.push(node);
		onStack.add(node);
		for (const to of next.get(node) ?? []) {
			if (!index.has(to)) {
				visit(to);
				low.set(node, Math.min(low.get(node), low.get(to)));
			} else if (onStack.has(to)) low.set(node, Math.min(low.get(node), index.get(to)));
		}
		if (low.get(node) !== index.get(node)) return;
		const part = [];
		for (let member; member !== node; ) {
			member = stack.pop();
			onStack.delete(member);
			part.push(member);
		}
		if (part.length > 1) cycles.push(part.sort());
	};
	for (const node of next.keys()) if (!index.has(node)) visit(node);
	return cycles;
}

function sourcesUnder(path) {
	if (statSync(path).isFile()) return /\.(ts|tsx|mts)$/.test(path) && !path.endsWith(".d.ts") ? [path] : [];
	return readdirSync(path)
		.filter((name) => name !== "node_modules")
		.flatMap((name) => sourcesUnder(join(path, name)));
}

function nameOf(root, file) {
	return relative(root, file).split(sep).join("/");
}

/** The layer of a file: the first folder, or the first two beneath server/. */
function folderOf(file) {
	const parts = file.split("/");
	return parts[0] === "server" ? parts.slice(0, 2).join("/") : parts[0];
}

function specifiersIn(text) {
	const found = text.matchAll(/^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm);
	return [...found].map(([, still, later]) => still ?? later);
}

const aliases = { "@shared/": "shared/", "@isomorphic/": "server/isomorphic/" };

function resolved(from, specifier, known) {
	const alias = Object.keys(aliases).find((prefix) => specifier.startsWith(prefix));
	if (alias === undefined && !specifier.startsWith(".")) return undefined;
	const path =
		alias === undefined
			? posix.join(posix.dirname(from), specifier)
			: aliases[alias] + specifier.slice(alias.length);
	const bare = path.replace(/\.js$/, "");
	return [`${bare}.ts`, `${bare}.tsx`, path, `${path}/index.ts`].find((name) => known.has(name));
}

/** Tests are not examined, and so not among the known files; only the benchmarks may import their support. */
function testFile(from, specifier) {
	if (from.startsWith("bench/") || !specifier.startsWith(".")) return undefined;
	const path = posix.join(posix.dirname(from), specifier);
	return path.startsWith("test/") ? path : undefined;
}

// Node resolves links in the module's own path, and not in argv: compared as given, a linked checkout would pass unread.
const program = process.argv[1];
if (
	program !== undefined &&
	existsSync(program) &&
	realpathSync(program) === fileURLToPath(import.meta.url)
) {
	const { problems, folders, arrows, knots } = examine(
		readImports(dirname(dirname(fileURLToPath(import.meta.url)))),
	);
	process.stdout.write(`layers: ${folders} folders, ${arrows} arrows, ${knots.length} knots\n`);
	for (const problem of problems) process.stderr.write(`${problem}\n`);
	if (problems.length > 0) process.exitCode = 1;
}
