/**
 * One process at a time. A lock is a folder with a file in it that says who
 * holds it. It comes by renaming a folder that is filled in already, and goes
 * by being renamed, so there is never half a lock.
 */
import { randomBytes } from "node:crypto";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** No work under a lock takes this long: whoever seems to hold one longer is gone, and its number somebody else's. */
const longestMs = 120_000;
/** A wait that lasts is explained: somebody sits in front of it. */
const silenceMs = 2_000;
const pauseMs = 50;
/** How long names that nobody uses any more are kept, see `moveAway`. */
const keptMs = 600_000;

/**
 * Runs `work` while no other process holds the same lock, waiting for it to be
 * free. A lock whose holder is gone is taken over.
 * @template T
 * @param {string} lock A folder's path.
 * @param {() => T} work
 * @returns {T}
 */
export function alone(lock, work) {
	const stamp = `${Date.now()}-${randomBytes(6).toString("hex")}`;
	take(lock, stamp);
	try {
		return work();
	} finally {
		release(lock, stamp);
	}
}

function take(lock, stamp) {
	const draft = `${lock}.draft-${stamp}`;
	mkdirSync(draft, { recursive: true });
	try {
		writeFileSync(join(draft, "pid"), `${process.pid} ${stamp}`);
		const since = performance.now();
		for (let told = false; !tryToTake(lock, draft); ) {
			const holder = holderOf(lock);
			if (holder !== undefined && isGone(holder) && moveAway(lock, holder.stamp)) continue;
			if (holder !== undefined && !told && performance.now() - since >= silenceMs) {
				tell(lock, holder);
				told = true;
			}
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
		}
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
}

/** A folder takes the place of an empty one, or none; never of a lock, which has a file in it. */
function tryToTake(lock, draft) {
	// What counts is when the lock was taken, not when the wait for it began.
	touch(draft);
	return renamed(draft, lock);
}

/** Undefined: nobody holds it, or it is just changing hands. */
function holderOf(lock) {
	const before = statSync(lock, { throwIfNoEntry: false });
	const text = readPid(lock);
	if (text === undefined && removeEmpty(lock)) return undefined;
	const after = statSync(lock, { throwIfNoEntry: false });
	// Another lock came meanwhile: what was read of two of them says nothing of either.
	if (before === undefined || before.ino !== after?.ino) return undefined;
	const heldMs = Math.abs(Date.now() - after.mtimeMs);
	const [pid, stamp] = text?.split(" ") ?? [];
	// Without a stamp: of an earlier version, which had none, or no lock of this program's at all.
	return { pid: pid === undefined ? undefined : Number(pid), stamp: stamp ?? `${pid}-${after.ino}`, heldMs };
}

function readPid(lock) {
	try {
		return readFileSync(join(lock, "pid"), "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return undefined;
		throw error;
	}
}

/** Where a folder cannot take the place of an empty one, that one has to go first. */
function removeEmpty(lock) {
	try {
		rmdirSync(lock);
		return true;
	} catch (error) {
		if (error.code === "ENOENT") return true;
		if (isInTheWay(error)) return false;
		throw error;
	}
}

function isGone({ pid, heldMs }) {
	// Whoever waits holds nothing: its number was somebody else's before, as number 1 is in every container.
	if (pid === process.pid || heldMs > longestMs) return true;
	if (pid === undefined) return false;
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		// EPERM: it lives, and is somebody else's.
		return error.code !== "EPERM";
	}
}

/**
 * Moves the lock with this stamp out of the way. Of all who found its holder
 * gone one can: the name it is moved to is the stamp's, and stays taken, so
 * that a latecomer cannot move away the lock that came after.
 * @returns {boolean} Whether it was this process that did.
 */
function moveAway(lock, stamp) {
	// How long the name stays taken is counted from here.
	touch(lock);
	return renamed(lock, `${lock}.old-${stamp}`);
}

function release(lock, stamp) {
	// After too long a time it may have been taken over, and be somebody else's. Moved away like an
	// abandoned one, and not deleted: somebody may just now have found it so.
	if (holderOf(lock)?.stamp === stamp) moveAway(lock, stamp);
	clearOld(lock);
}

function clearOld(lock) {
	const prefixes = ["old", "draft"].map((kind) => `${basename(lock)}.${kind}-`);
	for (const name of readdirSync(dirname(lock))) {
		if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
		const path = join(dirname(lock), name);
		const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
		if (Date.now() - mtimeMs > keptMs) rmSync(path, { recursive: true, force: true });
	}
}

/** False: the new name is taken, or there is nothing to rename. */
function renamed(from, to) {
	try {
		renameSync(from, to);
		return true;
	} catch (error) {
		if (error.code === "ENOENT" || isInTheWay(error)) return false;
		throw error;
	}
}

/** Whether a folder with something in it has that name, which Windows calls a lack of permission. */
function isInTheWay({ code }) {
	if (code === "ENOTEMPTY" || code === "EEXIST") return true;
	return process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
}

function touch(path) {
	try {
		utimesSync(path, new Date(), new Date());
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
	}
}

function tell(lock, { pid, heldMs }) {
	const seconds = Math.round(heldMs / 1000);
	process.stderr.write(
		`Waiting for ${pid === undefined ? "somebody" : `process ${pid}`}, who has held ${lock} for ${seconds} s. ` +
			`It is taken over when that ends, or at ${longestMs / 1000} s.\n`,
	);
}
