import type { Fields, Infer, ObjectShape } from "../../../shared/schema.js";
import type { FieldProblem } from "../../core/problem.js";
import { problemsOf, validatorOf } from "../../http/validators.js";
import { type OptionProblem, optionFailure, usageFailure } from "./commandFailure.js";

/**
 * Validates options against a shape of the contract. Throws one failure with
 * every problem. `more`: problems from other rules, with paths like the shape's;
 * left out for fields that already break the shape. `positional`: fields that
 * were given as arguments, not options.
 */
export function readOptions<F extends Fields>(
	shape: ObjectShape<F>,
	values: { readonly [name in keyof F]?: unknown },
	more: readonly FieldProblem[] = [],
	positional: readonly string[] = [],
): Infer<ObjectShape<F>> {
	const read = validatorOf(shape, { unknownFields: "reject" }).safeParse(values);
	const shapes = read.success ? [] : problemsOf(read.error);
	// One problem per field: a name that is not a string is not also reported as blank.
	const problems = [...shapes, ...more.filter(({ path }) => !shapes.some((shape) => shape.path === path))];
	if (read.success && problems.length === 0) return read.data as Infer<ObjectShape<F>>;
	throw optionFailure(problems.map((problem) => toOptionProblem(problem, positional)));
}

/** `scopes.1` is the second entry of `--scopes`; `rateLimit.limit` is a part of `--rate-limit`. */
function toOptionProblem({ path, message }: FieldProblem, positional: readonly string[]): OptionProblem {
	const [name = "", part] = path.split(".");
	const typed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const option = positional.includes(name) ? `<${name}>` : `--${typed}`;
	if (part === undefined) return { option, message };
	return { option, message: `${/^\d+$/.test(part) ? `entry ${Number(part) + 1}` : part} ${message}` };
}

/** Converts digits to a number. Returns anything else unchanged, for the shape to reject. */
export function digitsToNumber(text: string | undefined): unknown {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** The word that clears an optional setting. */
export const clearWord = "none";

/** Returns null for `none`, which clears the setting, and parses anything else with `read`. */
export function parseClearable<T>(text: string | undefined, read: (text: string) => T): T | null | undefined {
	if (text === undefined) return undefined;
	return text.trim() === clearWord ? null : read(text);
}

/** Converts a date to its midnight in UTC. Returns anything else unchanged. */
export function dayToTime(text: string | undefined): string | undefined {
	const given = text?.trim();
	return given !== undefined && /^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00Z` : given;
}

/** Splits `a, b` into a list. */
export function commaList(text: string): string[] {
	return text
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "");
}

/** Throws when a command that changes a record is given no option to change. */
export function requireChange(given: object): void {
	if (Object.keys(given).length > 0) return;
	throw usageFailure("nothing to change; --help lists the options");
}
