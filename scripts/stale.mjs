/**
 * Whether something built is older than what it was built from. Contents are
 * compared, not times: a checkout or a copy changes times, and says nothing.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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
 * A digest of the names and contents of the files.
 * @param {string} root
 * @param {readonly string[]} sources Files and folders, relative to `root`.
 */
export function fingerprint(root, sources) {
	const hash = createHash("sha256");
	for (const file of sources.flatMap((source) => filesUnder(join(root, source)))) {
		hash
			.update(`${relative(root, file).split(sep).join("/")}\0`)
			.update(readFileSync(file))
			.update("\0");
	}
	return hash.digest("hex");
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

/** @param {string} stamp @param {string} print */
export function markFresh(stamp, print) {
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, print);
}

/**
 * Runs `work` while no other process holds the same lock, waiting for it to be
 * free. A lock whose holder is gone is taken over.
 * @template T
 * @param {string} lock A folder's path: making a folder is atomic everywhere.
 * @param {() => T} work
 * @returns {T}
 */
export function alone(lock, work) {
	mkdirSync(dirname(lock), { recursive: true });
	while (!take(lock)) {
		if (!holderLives(lock)) rmSync(lock, { recursive: true, force: true });
		else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
	}
	try {
		return work();
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}

function take(lock) {
	try {
		mkdirSync(lock);
	} catch (error) {
		if (error.code === "EEXIST" || error.code === "EPERM") return false;
		throw error;
	}
	writeFileSync(join(lock, "pid"), String(process.pid));
	return true;
}

function holderLives(lock) {
	try {
		process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
		return true;
	} catch (error) {
		// Just taken, its pid not yet written: it lives, unless it stays like that.
		if (error.code === "ENOENT") return !existsSync(lock) || Date.now() - statSync(lock).mtimeMs < 2_000;
		return error.code === "EPERM";
	}
}
