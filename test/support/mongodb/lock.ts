import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Runs `work` in one process at a time. Takes over the lock of a process that died. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
	mkdirSync(dirname(folder), { recursive: true });
	while (!takeLock(folder)) await pause(50);
	try {
		return await work();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function takeLock(folder: string): boolean {
	const holder = join(folder, "pid");
	try {
		// Creating a folder is a step in which two processes cannot both succeed.
		mkdirSync(folder);
		writeFileSync(holder, String(process.pid));
		return true;
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
	}
	if (isAbandoned(holder)) rmSync(folder, { recursive: true, force: true });
	return false;
}

function isAbandoned(holder: string): boolean {
	try {
		return !isAlive(Number(readFileSync(holder, "utf8")));
	} catch {
		// Just created, or just deleted.
		return false;
	}
}

export function isAlive(pid: number): boolean {
	if (!(pid > 0)) return true;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
