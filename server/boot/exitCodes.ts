import { PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { SecretMismatch } from "../secrets/resolveServerSecrets.js";
import { SecretUnreadable } from "../secrets/serverSecret.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../store/store.js";
import { SettingsInvalid } from "./config.js";

/**
 * The exit codes of Placelock, from sysexits.h: a supervisor can stop restarting
 * on an invalid configuration, and a script can tell a failed command from a
 * database that is unavailable.
 */
export const exitCodes = {
	/** The command failed. */
	failed: 1,
	/** The command line was used wrongly. */
	usage: 64,
	/** The database cannot be reached. */
	unavailable: 69,
	/** A bug. */
	bug: 70,
	/** The configuration is invalid or the database damaged. Restarting does not help. */
	configuration: 78,
} as const;

/** Why a process ends, for people and programs. */
export interface Failure {
	readonly code: string;
	/** Explains what to do. Never contains a secret. */
	readonly message: string;
	readonly exitCode: number;
}

/** The failure when settings, secrets or the store cannot be used; undefined for other errors. */
export function failureToOpen(error: unknown): Failure | undefined {
	if (error instanceof StoreUnavailable && !(error instanceof StoreDamaged)) {
		return { code: "unavailable", message: error.message, exitCode: exitCodes.unavailable };
	}
	const { configuration: exitCode } = exitCodes;
	const isKnown =
		error instanceof SettingsInvalid ||
		error instanceof SecretUnreadable ||
		error instanceof SecretMismatch ||
		error instanceof StoreDamaged ||
		error instanceof StoreMisconfigured;
	if (isKnown) return { code: "configuration", message: error.message, exitCode };
	if (error instanceof PathNotReadable) {
		return { code: "configuration", message: `${error.message}. ${runAsServerHint}`, exitCode };
	}
	if (isFileError(error)) {
		const message = `${error.message}. Check PLACELOCK_DATA_DIR and its permissions.`;
		return { code: "configuration", message, exitCode };
	}
	return undefined;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && "syscall" in error && "path" in error && "code" in error;
}
