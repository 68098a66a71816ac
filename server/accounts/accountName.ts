import { nameProblems } from "../core/names.js";
import type { FieldProblem } from "../core/problem.js";
import { commandLineActor } from "../model/auditEntry.js";

/**
 * What is wrong with a new account name, beyond its length. Only ASCII letters,
 * digits and a few signs, so that no two names look the same, and no name that
 * looks like another actor of the audit log: the command line or an account ID.
 */
export function accountNameProblems(name: string): FieldProblem[] {
	if (!/^[A-Za-z0-9]+([_.-][A-Za-z0-9]+)*$/.test(name)) {
		return [
			{
				path: "name",
				message: "must consist of letters and digits, with single `_`, `.` or `-` between them",
			},
		];
	}
	const folded = name.toLowerCase();
	if (folded === commandLineActor || folded.startsWith("acc_")) {
		const message = `must not be "${commandLineActor}" or start with "acc_": the audit log uses these for other actors`;
		return [{ path: "name", message }];
	}
	return nameProblems(name);
}
