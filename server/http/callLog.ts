import type { Logger } from "pino";

export interface CallLine {
	readonly requestId: string;
	/** The endpoint's name; `none` for pages and for what no endpoint takes. */
	readonly endpoint: string;
	readonly status: number;
	/** `ok`, or the code of the error catalogue. */
	readonly code: string;
	/** Milliseconds. */
	readonly ms: number;
	readonly address: string;
	readonly keyId?: string;
	/** Who is signed in, or was not let in; of a call with a key, the key says it. */
	readonly accountId?: string;
	readonly detail?: string;
}

/**
 * One line a call: at debug when it was answered, at info when it was refused,
 * as a warning when the server was at fault. Ids only: tokens, headers and
 * query strings never come here.
 */
export function logCall(logger: Logger, line: CallLine): void {
	if (line.status >= 500) logger.warn(line, "call failed");
	else if (line.status >= 400) logger.info(line, "call refused");
	else logger.debug(line, "call");
}
