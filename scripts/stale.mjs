/**
 * Whether something built is older than what it was built from. Contents are
 * compared, not times: a checkout or a copy changes times, and says nothing.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** @param {string} path A file, or a folder with all that is in it. */
export function filesUnder(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path, { withFileTypes: true })
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((entry) => filesUnder(join(path, entry.name)));
}

/**
 * A digest of the names and contents of the files: of the project's own, and of
 * those of packages, with a dash between.
 * @param {string} root
 * @param {readonly string[]} sources Files and folders, relative to `root`.
 * @param {readonly string[]} except Folders among them that are somebody else's, relative to `root`.
 *
 * See docs/decisions/0009-builds-by-content.md
 */
export function fingerprint(root, sources, except = []) {
	const [own, packages] = [createHash("sha256"), createHash("sha256")];
	for (const file of sources.flatMap((source) => filesUnder(join(root, source)))) {
		const name = relative(root, file).split(sep).join("/");
		if (except.some((folder) => name.startsWith(`${folder}/`))) continue;
		const hash = name.startsWith("node_modules/") ? packages : own;
		hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
	}
	return `${own.digest("hex")}-${packages.digest("hex")}`;
}

/**
 * Whether the stamp says the outputs were built from this fingerprint, and they are all there.
 * @param {string} stamp
 * @param {string} print
 * @param {readonly string[]} outputs
 */
export function isFresh(stamp, print, outputs) {
	return (
		existsSync(stamp) && readFileSync(stamp, "utf8") === print && outputs.every((file) => existsSync(file))
	);
}

/**
 * Whether the outputs were built from the project's files as they are, with
 * whatever packages: where those are not installed, that is all there is to ask.
 * @param {string} stamp
 * @param {string} print
 * @param {readonly string[]} outputs
 */
export function isOfTheseSources(stamp, print, outputs) {
	if (!existsSync(stamp)) return false;
	const [own, packages] = [print, readFileSync(stamp, "utf8")].map((each) => each.split("-"));
	return isFresh(stamp, `${own[0]}-${packages[1]}`, outputs);
}

/** @param {string} stamp @param {string} print */
export function markFresh(stamp, print) {
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, print);
}
