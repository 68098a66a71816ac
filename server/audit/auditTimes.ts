import type { FieldProblem } from "../core/problem.js";

/** What is wrong with the times of a filter, ISO 8601. In the wrong order they would match nothing without an error. */
export function auditTimeProblems({
	from = "",
	to = "",
}: {
	readonly from?: string;
	readonly to?: string;
}): FieldProblem[] {
	if (!(Date.parse(from) >= Date.parse(to))) return [];
	return [{ path: "from", message: "must be earlier than `to`" }];
}
