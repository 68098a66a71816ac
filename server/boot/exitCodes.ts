import { PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { SecretMismatch } from "../secrets/resolveServerSecrets.js";
import { SecretUnreadable } from "../secrets/serverSecret.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../store/store.js";
import { SettingsInvalid } from "./config.js";

/**
 * How a process of Placelock ends, from sysexits.h: a supervisor need not
 * restart what is configured wrongly, and a script can tell a refusal from a
 * database that is away.
 */
export const exitCodes = {
	/** What was asked for was refused, or failed. */
	refused: 1,
	/** The command was not understood. */
	usage: 64,
	/** The database cannot be reached. */
	unavailable: 69,
	/** A bug. */
	bug: 70,
	/** The configuration is wrong, or the database damaged: it stays so until somebody acts. */
	configuration: 78,
} as const;

/** Why a process ends: what to tell people, and machines. */
export interface Failure {
	readonly code: string;
	/** Says what to do. Never holds a secret. */
	readonly message: string;
	readonly exitCode: number;
}

/** What is wrong when settings, secrets or the store cannot be used; undefined for anything else. */
export function failureToOpen(error: unknown): Failure | undefined {
	if (error instanceof StoreUnavailable && !(error instanceof StoreDamaged)) {
		return { code: "unavailable", message: error.message, exitCode: exitCodes.unavailable };
	}
	const { configuration: exitCode } = exitCodes;
	const told =
		error instanceof SettingsInvalid ||
		error instanceof SecretUnreadable ||
		error instanceof SecretMismatch ||
		error instanceof StoreDamaged ||
		error instanceof StoreMisconfigured;
	if (told) return { code: "configuration", message: error.message, exitCode };
	if (error instanceof PathNotReadable) {
		return { code: "configuration", message: `${error.message}. ${runAsServerHint}`, exitCode };
	}
	if (isFileError(error)) {
		const message = `${error.message}. Check PLACELOCK_DATA_DIR, and who may write there.`;
		return { code: "configuration", message, exitCode };
	}
	return undefined;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && "syscall" in error && "path" in error && "code" in error;
}
