import type { FieldProblem, Problem } from "../core/problem.js";

/** A problem as the API sends it, RFC 9457. `type` points to its entry on the page of the error catalogue. */
export interface ProblemBody {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly code: string;
	readonly detail?: string;
	readonly fix: string;
	readonly errors?: readonly FieldProblem[];
	readonly requestId: string;
}

export function problemBody({ code, entry, details }: Problem, requestId: string): ProblemBody {
	return {
		type: `/docs/errors#${code}`,
		title: entry.title,
		status: entry.status,
		code,
		detail: details.detail,
		fix: entry.fix,
		errors: details.fields,
		requestId,
	};
}
