import { nameProblems } from "../core/names.js";
import type { FieldProblem } from "../core/problem.js";
import { commandLineActor } from "../model/auditEntry.js";

/**
 * What is wrong with a new name to sign in with, beyond its length. Plain
 * characters only: no two names look alike. And none that reads like another
 * actor of the audit: the command line, or the id of an account.
 */
export function accountNameProblems(name: string): FieldProblem[] {
	if (!/^[A-Za-z0-9]+([_.-][A-Za-z0-9]+)*$/.test(name)) {
		return [
			{ path: "name", message: "must be letters and digits, with single `_`, `.` or `-` between them" },
		];
	}
	const folded = name.toLowerCase();
	if (folded === commandLineActor || folded.startsWith("acc_")) {
		const message = `must not be "${commandLineActor}" or begin with "acc_": the audit calls others so`;
		return [{ path: "name", message }];
	}
	return nameProblems(name);
}
