import { isRetryable } from "../../shared/retryable.js";
import type { CallError } from "../results.js";

/** Upper bound of the first wait. It doubles with every attempt. */
const initialBackoffSeconds = 0.5;
/** Upper bound of any wait that the server did not ask for. */
const maxBackoffSeconds = 8;

/** The upper bound of the wait, in seconds, after this many failed attempts (1 for the first). */
export function backoffBound(failures: number): number {
	// 2^10 is far past the longest wait; unbounded, the power would overflow to infinity.
	return math.min(maxBackoffSeconds, initialBackoffSeconds * 2 ** math.min(failures - 1, 10));
}

/**
 * Whether the same request can succeed later although nobody changes anything.
 * For a response, the error catalogue decides. Without one, a network failure and
 * Roblox's own limit pass by themselves; a mistake in the request or in the game's
 * settings does not.
 */
function isTransient(err: CallError): boolean {
	if (err.status !== undefined) return isRetryable(err.status, err.code);
	return err.kind === "network" || err.kind === "limited";
}

export interface RetryContext {
	readonly err: CallError;
	/** Requests sent so far. */
	readonly attempts: number;
	readonly maxAttempts: number;
	/** Whether sending the request twice has the same effect as sending it once. */
	readonly repeatable: boolean;
	/** Seconds since the call began. */
	readonly elapsedSeconds: number;
	readonly deadlineSeconds: number;
	/** Returns a number from 0 up to 1. */
	readonly random: () => number;
}

/**
 * Seconds to wait before the next attempt, or undefined to give up now.
 *
 * Full jitter, so that game servers that failed together do not come back
 * together; Retry-After is a lower bound. A wait that leaves no time for another
 * attempt before the deadline ends the call now instead of holding its thread.
 */
export function retryDelay(context: RetryContext): number | undefined {
	const { err, attempts, random } = context;
	if (!context.repeatable || attempts >= context.maxAttempts || !isTransient(err)) return undefined;
	const jittered = random() * backoffBound(attempts);
	const wait = math.max(jittered, err.retryAfterSeconds ?? 0);
	if (context.elapsedSeconds + wait >= context.deadlineSeconds) return undefined;
	return wait;
}
