import { holdsSecret } from "../secrets/token.js";
import type { FieldProblem } from "./problem.js";

/**
 * Why a name of a workspace, place or key would only mislead whoever reads it
 * in a list, a log or a terminal; undefined when it would not. How long it may
 * be is the contract's to say.
 */
function nameProblem(name: string): string | undefined {
	// Also of characters that are there and not seen, such as U+200B, a space without width.
	if (/^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u.test(name)) return "must not be blank";
	if (misleading.test(name)) return "must not hold control characters or line breaks";
	if (/^\s|\s$/u.test(name)) return "must not begin or end with white space";
	return secretProblem(name);
}

/** Control characters, separators of lines and paragraphs, and what turns the direction of the text around it. */
const misleading = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * The same, as problems of the field `name`; none when no name is given.
 *
 * See docs/decisions/0038-names-are-a-domain-rule.md
 */
export function nameProblems(name: string | null | undefined): FieldProblem[] {
	const message = typeof name === "string" ? nameProblem(name) : undefined;
	return message === undefined ? [] : [{ path: "name", message }];
}

/** What is wrong with free text about something, a description or a note, as problems of the field `path`. */
export function freeTextProblems(path: string, text: string | null | undefined): FieldProblem[] {
	const message = typeof text === "string" ? secretProblem(text) : undefined;
	return message === undefined ? [] : [{ path, message }];
}

/** Texts are shown to many and kept in the audit for good, where a secret could not be taken back. */
function secretProblem(text: string): string | undefined {
	return holdsSecret(text) ? "must not hold a key's token, which the audit would keep for good" : undefined;
}
