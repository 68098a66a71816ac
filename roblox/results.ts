/**
 * What every call of the module returns. Nothing that the network, the server or
 * Roblox does is thrown: a script checks `ok` and goes on.
 */

/**
 * Where the cause is, and so who can fix it:
 *
 * - `configuration`: this game or its options. Never retried.
 * - `network`: there was no response: DNS, connecting, TLS, a timeout, a closed connection.
 * - `denied`: the server denied the key, the workspace, the place or the scope (401, 403).
 * - `invalid`: the server, or the module before sending, rejected the request (400, 404, 409, 413, 422).
 * - `limited`: too many requests, reported by the server (429) or by Roblox.
 * - `server`: the server failed (5xx).
 * - `protocol`: there was a response, but not one that the contract allows.
 * - `budget`: this module used up its share of the game server's requests.
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
	/** A code of the error catalogue, Roblox's own name of the error, or `http_<status>` if the response had none. */
	readonly code: string;
	/** What happened and what to do. Never contains the key. */
	readonly message: string;
	/** The HTTP status, if there was a response. */
	readonly status?: number;
	/** The ID of this request in the server's log. */
	readonly requestId?: string;
	/** Seconds until the same call can succeed, at the earliest. */
	readonly retryAfterSeconds?: number;
	/** How many requests this call sent. */
	readonly attempts: number;
}

export interface Success<T> {
	readonly ok: true;
	readonly value: T;
	/** True if no request was sent, or none succeeded, and the value is the last verification. Otherwise absent. */
	readonly fromCache?: boolean;
	/** True if the backend could not be reached and the last verification is still in force. Otherwise absent. */
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

/** A failure. The code that counts the requests sets `attempts`. */
export function failed(err: Omit<CallError, "attempts"> & { attempts?: number }): Failure {
	return { ok: false, error: { ...err, attempts: err.attempts ?? 0 } };
}

/** The failure for what a script passed to a call: it was not sent. */
export function invalidFailure(message: string): Failure {
	return failed({ kind: "invalid", code: "validation_failed", message });
}

export function destroyedFailure(attempts: number): Failure {
	return failed({
		kind: "destroyed",
		code: "destroyed",
		message: "This connection was destroyed. Call Placelock.connect again to create a new one.",
		attempts,
	});
}
