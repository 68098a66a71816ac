import type { Fields, Infer, ObjectShape } from "../../../shared/schema.js";
import type { FieldProblem } from "../../core/problem.js";
import { problemsOf, validatorOf } from "../../http/validators.js";
import { type OptionProblem, optionFailure, usageFailure } from "./commandFailure.js";

/**
 * What was typed, checked against a shape of the contract's vocabulary. Throws
 * one failure with everything that is wrong, `more` included: rules beyond
 * shapes, with paths like the shape's, told where the shape finds nothing wrong. `positional`: fields that were typed as
 * arguments, not options.
 */
export function readOptions<F extends Fields>(
	shape: ObjectShape<F>,
	values: { readonly [name in keyof F]?: unknown },
	more: readonly FieldProblem[] = [],
	positional: readonly string[] = [],
): Infer<ObjectShape<F>> {
	const read = validatorOf(shape, { unknownFields: "refuse" }).safeParse(values);
	const shapes = read.success ? [] : problemsOf(read.error);
	// What is no name at all need not be told that it is blank as well.
	const problems = [...shapes, ...more.filter(({ path }) => !shapes.some((shape) => shape.path === path))];
	if (read.success && problems.length === 0) return read.data as Infer<ObjectShape<F>>;
	throw optionFailure(problems.map((problem) => asTyped(problem, positional)));
}

/** `scopes.1` is the second entry of `--scopes`; `rateLimit.limit` is a part of `--rate-limit`. */
function asTyped({ path, message }: FieldProblem, positional: readonly string[]): OptionProblem {
	const [name = "", part] = path.split(".");
	const typed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const option = positional.includes(name) ? `<${name}>` : `--${typed}`;
	if (part === undefined) return { option, message };
	return { option, message: `${/^\d+$/.test(part) ? `entry ${Number(part) + 1}` : part} ${message}` };
}

/** Digits as the number they write; anything else as it is, for the shape to refuse. */
export function digitsToNumber(text: string | undefined): unknown {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** What clears a setting that may be absent. */
export const cleared = "none";

/** `none` as null, which clears; anything else as `read` reads it. */
export function orNone<T>(text: string | undefined, read: (text: string) => T): T | null | undefined {
	if (text === undefined) return undefined;
	return text.trim() === cleared ? null : read(text);
}

/** A day alone as its first moment, UTC; anything else as it is. */
export function momentIn(text: string | undefined): string | undefined {
	const given = text?.trim();
	return given !== undefined && /^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00Z` : given;
}

/** `a, b` as a list. */
export function commaList(text: string): string[] {
	return text
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "");
}

/** For commands that change what is named in options, when none was given. */
export function refuseNoChange(given: object): void {
	if (Object.keys(given).length > 0) return;
	throw usageFailure("say what to change: --help lists the options");
}
