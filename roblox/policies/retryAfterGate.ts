import type { CallError } from "../results.js";

/**
 * Remembers Retry-After between calls. One call waits it out by itself; without
 * this gate, the next call would still send a request immediately.
 */
export interface RetryAfterGate {
	/** What holds requests back now, or undefined when they may be sent. */
	closed(now: number): ClosedGate | undefined;
	/** Records a failed attempt. */
	record(err: CallError, now: number): void;
}

interface ClosedGate {
	/** The failure whose Retry-After is not over yet. */
	readonly err: CallError;
	/** Seconds until requests may be sent again. */
	readonly seconds: number;
}

export function createRetryAfterGate(): RetryAfterGate {
	let held: { readonly err: CallError; readonly notBefore: number } | undefined;

	return {
		closed(now) {
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
