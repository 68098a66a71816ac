import { accessSync, constants, type Stats, statSync } from "node:fs";

/** No permission to check whether the file exists, or to read it. */
export class PathNotReadable extends Error {
	override readonly name = "PathNotReadable";

	constructor(
		path: string,
		readonly code: string,
	) {
		super(`no permission to access ${path} (${code})`);
	}
}

/** What to do about `PathNotReadable`, as a sentence. */
export const runAsServerHint = "Run this as the user the server runs as.";

/**
 * Whether a file or folder exists. Where this user may not look, `existsSync`
 * returns false; this throws `PathNotReadable`. Other errors are thrown as they are.
 */
export function fileExists(path: string): boolean {
	return statIfExists(path) !== undefined;
}

/** The same, with the file's metadata. */
export function statIfExists(path: string): Stats | undefined {
	return withPermissionCheck(path, () => {
		try {
			return statSync(path);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === "ENOENT" || code === "ENOTDIR") return undefined;
			throw error;
		}
	});
}

/** Throws `PathNotReadable` when this user may not read an existing file. */
export function assertReadable(path: string): void {
	withPermissionCheck(path, () => accessSync(path, constants.R_OK));
}

/** Runs `operation` on a path and throws `PathNotReadable` when that is not permitted. */
export function withPermissionCheck<T>(path: string, operation: () => T): T {
	try {
		return operation();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EACCES" || code === "EPERM") throw new PathNotReadable(path, code);
		throw error;
	}
}
