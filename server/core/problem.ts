import { type ErrorCode, type ErrorEntry, errors } from "../../shared/errors.js";

/** One missing or invalid field: `path` as in `rateLimit.limit`, `message` as in "must be a whole number". */
export interface FieldProblem {
	readonly path: string;
	readonly message: string;
}

export interface ProblemDetails {
	/** Details of this occurrence. Never contains a secret. */
	readonly detail?: string;
	readonly fields?: readonly FieldProblem[];
	/** Whole seconds after which a retry can succeed; sent as Retry-After. */
	readonly retryAfterSeconds?: number;
	/** The limits that apply, for the RateLimit headers. */
	readonly limits?: readonly LimitReport[];
	/** Methods that the path supports, for `method_not_allowed`. */
	readonly allow?: string;
}

/** How much of a limit is left, for the RateLimit and RateLimit-Policy headers. */
export interface LimitReport {
	readonly name: "key" | "quota";
	readonly limit: number;
	/** Length of the limit's window or period. */
	readonly windowSeconds: number;
	readonly remaining: number;
	readonly resetSeconds: number;
}

/**
 * An error of the catalogue, as a value: functions return it, nothing throws it.
 * What is thrown is a bug, or a store that cannot be reached.
 */
export class Problem {
	readonly entry: ErrorEntry;
	/** The workspace whose key the gate denied, for its activity. Not part of the response. */
	deniedIn: string | undefined;
	/** The account of a failed sign-in, for the log. Not part of the response. */
	notSignedInTo: string | undefined;

	constructor(
		readonly code: ErrorCode,
		readonly details: ProblemDetails = {},
	) {
		this.entry = errors[code];
	}
}

export function invalid(...fields: FieldProblem[]): Problem {
	return new Problem("validation_failed", { fields });
}

/** The invalid fields of an outcome; none unless it is a problem. */
export function fieldsOf(outcome: unknown): readonly FieldProblem[] {
	return outcome instanceof Problem ? (outcome.details.fields ?? []) : [];
}
