import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** The file is there already, and nobody said that it may be replaced. */
export class FileExists extends Error {
	override readonly name = "FileExists";

	constructor(readonly file: string) {
		super(`${file} is there already`);
	}
}

/** A name beside `file` for its draft: what is only half written never has the file's own name. */
export function tempFile(file: string, suffix: string): string {
	return `${file}.${suffix}-${randomBytes(4).toString("hex")}`;
}

/**
 * Gives a finished draft its name, in one step: whoever looks sees the old file
 * or the new one, also after a power cut. Throws `FileExists` instead of
 * replacing a file unless told to.
 */
export function moveIntoPlace(temp: string, file: string, { replace }: { readonly replace: boolean }): void {
	flush(temp);
	if (replace) renameSync(temp, file);
	else putWhereNothingIs(temp, file);
	flushFolder(dirname(file));
}

function putWhereNothingIs(temp: string, file: string): void {
	try {
		// A rename would replace what somebody else put there a moment ago.
		linkSync(temp, file);
		rmSync(temp);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EEXIST" || existsSync(file)) throw new FileExists(file);
		// Some file systems know no links.
		if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
		renameSync(temp, file);
	}
}

function flush(file: string): void {
	const descriptor = openSync(file, "r+");
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** So that the name survives a power cut as well. Windows does this by itself, and opens no folders. */
function flushFolder(folder: string): void {
	if (process.platform === "win32") return;
	const descriptor = openSync(folder, "r");
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
