import type { FieldProblem } from "../problem.js";

/** What is wrong with a name to sign in with, beyond its length. Plain characters only: no two names look alike. */
export function accountNameProblems(name: string): FieldProblem[] {
	if (/^[A-Za-z0-9]+([_.-][A-Za-z0-9]+)*$/.test(name)) return [];
	return [{ path: "name", message: "must be letters and digits, with single `_`, `.` or `-` between them" }];
}
