/**
 * What every call of the SDK returns. Nothing a network, a server or Roblox
 * does is thrown: a script reads `ok` and goes on.
 */

/**
 * Where the cause lies, and so who can do something about it:
 *
 * - `configuration`: this game or its options. Never retried.
 * - `network`: no answer came: DNS, connecting, TLS, time, a cut connection.
 * - `denied`: the server refused the key, the workspace, the place or the scope (401, 403).
 * - `invalid`: the server, or the SDK before it, found the request wrong (400, 404, 409, 413, 422).
 * - `limited`: too many requests, said by the server (429) or by Roblox.
 * - `server`: the server failed (5xx).
 * - `protocol`: an answer came, but not one the contract allows.
 * - `budget`: this module's own share of the game server's requests is used up.
 * - `destroyed`: `destroy()` was called.
 */
export type ErrorKind =
	| "configuration"
	| "network"
	| "denied"
	| "invalid"
	| "limited"
	| "server"
	| "protocol"
	| "budget"
	| "destroyed";

export interface CallError {
	readonly kind: ErrorKind;
	/** A code of the error catalogue, Roblox's own name of the fault, or `http_<status>` when the answer named none. */
	readonly code: string;
	/** What happened and what to do next. Never contains the key. */
	readonly message: string;
	/** The HTTP status, when an answer came. */
	readonly status?: number;
	/** What the server's log calls this request. */
	readonly requestId?: string;
	/** The earliest moment, in seconds from now, at which the same call can do better. */
	readonly retryAfterSeconds?: number;
	/** How many requests were sent for this call. */
	readonly attempts: number;
}

export interface Success<T> {
	readonly ok: true;
	readonly value: T;
	/** There when no request was sent: the answer was still fresh, or nothing better could be had. */
	readonly fromCache?: boolean;
	/** There when the backend could not be reached and the last good answer stands in. */
	readonly stale?: boolean;
}

export interface Failure {
	readonly ok: false;
	readonly error: CallError;
}

export type CallResult<T> = Success<T> | Failure;

export function succeeded<T>(value: T): Success<T> {
	return { ok: true, value };
}

/** A failure; `attempts` is filled in by whoever counts the requests. */
export function failed(fault: Omit<CallError, "attempts"> & { attempts?: number }): Failure {
	return { ok: false, error: { ...fault, attempts: fault.attempts ?? 0 } };
}

export function destroyedFailure(attempts: number): Failure {
	return failed({
		kind: "destroyed",
		code: "destroyed",
		message: "This connection was destroyed. Call Placelock.connect again for a new one.",
		attempts,
	});
}

export function invalidFailure(message: string): Failure {
	return failed({ kind: "invalid", code: "validation_failed", message });
}
