import { containsSecret } from "../secrets/token.js";
import type { FieldProblem } from "./problem.js";

/**
 * Why a name of a workspace, place or key would mislead in a list, a log or a
 * terminal; undefined for a valid name. The contract limits its length.
 */
function nameProblem(name: string): string | undefined {
	// Includes invisible characters such as U+200B, the zero-width space.
	if (/^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u.test(name)) return "must not be blank";
	if (misleading.test(name)) return "must not contain control characters or line breaks";
	if (/^\s|\s$/u.test(name)) return "must not start or end with white space";
	return secretProblem(name);
}

/** Control characters, line and paragraph separators, and characters that change the text direction. */
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Problems of the field `name`; none without a name.
 *
 * See docs/decisions/0038-names-are-a-domain-rule.md
 */
export function nameProblems(name: string | null | undefined): FieldProblem[] {
	const message = typeof name === "string" ? nameProblem(name) : undefined;
	return message === undefined ? [] : [{ path: "name", message }];
}

/** Problems of free text, a description or a note, in the field `path`. */
export function freeTextProblems(path: string, text: string | null | undefined): FieldProblem[] {
	const message = typeof text === "string" ? secretProblem(text) : undefined;
	return message === undefined ? [] : [{ path, message }];
}

/** Texts are shown to many people and kept in the audit log forever, where a secret could not be removed. */
function secretProblem(text: string): string | undefined {
	return containsSecret(text)
		? "must not contain a token, which the audit log would keep forever"
		: undefined;
}
