import { isRetryable } from "../../shared/retryable.js";
import type { CallError } from "../results.js";

/** Upper bound, in seconds, of the first wait; it doubles with every attempt. */
const firstStep = 0.5;
/** Upper bound, in seconds, of any wait that the server did not ask for. */
const longestStep = 8;

/** The upper bound of the wait after this many failed attempts (1 for the first). */
export function backOffStep(failures: number): number {
	// 2^10 is far past the longest step; without the bound the power would overflow to infinity.
	return math.min(longestStep, firstStep * 2 ** math.min(failures - 1, 10));
}

/**
 * Whether the same request can succeed later without anyone changing anything:
 * no answer at all, or one of the statuses that mean "not now". A denial, a
 * mistake in the request or in the game's settings, and an answer that is not
 * the contract's stay what they are however often they are asked for.
 */
export function canPass(err: CallError): boolean {
	if (err.status !== undefined) return isRetryable(err.status, err.code);
	return err.kind === "network" || err.kind === "limited";
}

export interface RetryQuestion {
	readonly err: CallError;
	/** Requests sent so far. */
	readonly attempts: number;
	readonly maxAttempts: number;
	/** Whether sending the request twice does no more than sending it once. */
	readonly repeatable: boolean;
	/** Seconds since the call began. */
	readonly elapsedSeconds: number;
	readonly deadlineSeconds: number;
	/** From 0 up to 1. */
	readonly random: () => number;
}

/**
 * Seconds to wait before the next attempt, or undefined to give up now.
 *
 * Full jitter, so that a fleet of game servers that failed together does not
 * come back together; Retry-After is a floor under it. A wait that would not
 * leave room for another attempt before the deadline ends the call at once
 * rather than holding its thread for nothing.
 */
export function secondsToRetry(question: RetryQuestion): number | undefined {
	const { err, attempts, random } = question;
	if (!question.repeatable || attempts >= question.maxAttempts || !canPass(err)) return undefined;
	const jittered = random() * backOffStep(attempts);
	const wait = math.max(jittered, err.retryAfterSeconds ?? 0);
	if (question.elapsedSeconds + wait >= question.deadlineSeconds) return undefined;
	return wait;
}
