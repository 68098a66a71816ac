import { accessSync, constants, type Stats, statSync } from "node:fs";

/** This user may not look at a file: it may be there or not. */
export class PathNotReadable extends Error {
	override readonly name = "MayNotLook";

	constructor(
		path: string,
		readonly code: string,
	) {
		super(`this user may not look at ${path} (${code})`);
	}
}

/** What to do about `PathNotReadable`, as a sentence. */
export const runAsServerHint = "Run this as the user the server runs as.";

/**
 * Whether there is a file or folder. `existsSync` would say no as well where
 * this user may not look: here that throws `PathNotReadable`, and what else goes
 * wrong throws as the system says it.
 */
export function fileExists(path: string): boolean {
	return statIfExists(path) !== undefined;
}

/** The same, with what there is to know of it. */
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

/** Throws `PathNotReadable` where this user may not read a file that is there. */
export function assertReadable(path: string): void {
	withPermissionCheck(path, () => accessSync(path, constants.R_OK));
}

/** Runs `look` at a path, and throws `PathNotReadable` where that is not allowed. */
export function withPermissionCheck<T>(path: string, look: () => T): T {
	try {
		return look();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EACCES" || code === "EPERM") throw new PathNotReadable(path, code);
		throw error;
	}
}
