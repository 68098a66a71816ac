import type { CallError } from "../results.js";

/**
 * Remembers between calls when the server wants to be asked again. Within one
 * call Retry-After is waited out; without this memory the next call would ask
 * at once all the same.
 */
export interface Hold {
	/** What to answer instead of asking, or undefined when asking is allowed. */
	refusal(now: number): HoldRefusal | undefined;
	/** Tells of a failed attempt. */
	record(err: CallError, now: number): void;
}

export interface HoldRefusal {
	readonly err: CallError;
	/** Until asking is allowed. */
	readonly seconds: number;
}

export function createHold(): Hold {
	let held: { readonly err: CallError; readonly notBefore: number } | undefined;

	return {
		refusal(now) {
			if (held === undefined) return undefined;
			if (now < held.notBefore) return { err: held.err, seconds: held.notBefore - now };
			held = undefined;
			return undefined;
		},
		record(err, now) {
			const { status, retryAfterSeconds } = err;
			if ((status !== 429 && status !== 503) || retryAfterSeconds === undefined) return;
			const notBefore = now + retryAfterSeconds;
			if (held === undefined || notBefore > held.notBefore) held = { err, notBefore };
		},
	};
}
