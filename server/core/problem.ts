import { type ErrorCode, type ErrorEntry, errors } from "../../shared/errors.js";

/** One field that is missing or wrong: `path` as in `rateLimit.limit`, `message` as in "must be a whole number". */
export interface FieldProblem {
	readonly path: string;
	readonly message: string;
}

export interface ProblemDetails {
	/** What is particular to this occurrence. Never holds a secret. */
	readonly detail?: string;
	readonly fields?: readonly FieldProblem[];
	/** Whole seconds after which trying again can help; sent as Retry-After. */
	readonly retryAfterSeconds?: number;
	/** The limits that were reached, for the RateLimit headers. */
	readonly limits?: readonly LimitReport[];
	/** Methods the path takes, for `method_not_allowed`. */
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

/** A refusal from the catalogue: returned, or thrown where returning is unwieldy. */
export class Problem {
	readonly entry: ErrorEntry;
	/** The workspace whose key the gate denied, for its activity. Not part of the response. */
	deniedIn: string | undefined;
	/** The account that was not signed in to, for the log. Not answered. */
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

/** The fields that an outcome was refused for; none of one that was not. */
export function fieldsOf(outcome: unknown): readonly FieldProblem[] {
	return outcome instanceof Problem ? (outcome.details.fields ?? []) : [];
}
