import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** The file exists and may not be replaced. */
export class FileExists extends Error {
	override readonly name = "FileExists";

	constructor(readonly file: string) {
		super(`${file} already exists`);
	}
}

/** A name beside `file` to write to first: a half-written file never has the final name. */
export function tempFile(file: string, suffix: string): string {
	return `${file}.${suffix}-${randomBytes(4).toString("hex")}`;
}

/**
 * Renames a finished temporary file in one step: readers see either the old file
 * or the new one, even after a power cut. Without `replace`, throws `FileExists`
 * when the file exists.
 */
export function moveIntoPlace(temp: string, file: string, { replace }: { readonly replace: boolean }): void {
	syncFile(temp);
	if (replace) renameSync(temp, file);
	else moveWithoutReplacing(temp, file);
	syncFolder(dirname(file));
}

function moveWithoutReplacing(temp: string, file: string): void {
	try {
		// A rename would replace a file that another process created a moment ago.
		linkSync(temp, file);
		rmSync(temp);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EEXIST" || existsSync(file)) throw new FileExists(file);
		// Some file systems do not support links.
		if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
		renameSync(temp, file);
	}
}

function syncFile(file: string): void {
	const descriptor = openSync(file, "r+");
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Makes the name survive a power cut as well. Windows does so by itself and cannot open folders. */
function syncFolder(folder: string): void {
	if (process.platform === "win32") return;
	const descriptor = openSync(folder, "r");
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
