import type { Fields, Infer, ObjectShape } from "../../shared/schema.js";
import { problemsOf, validatorOf } from "../http/validators.js";
import type { FieldProblem } from "../problem.js";
import { type OptionProblem, optionFailure } from "./commandFailure.js";

/**
 * What was typed, checked against a shape of the contract's vocabulary. Throws
 * one failure with everything that is wrong, `more` included: rules beyond
 * shapes, with paths like the shape's.
 */
export function readOptions<F extends Fields>(
	shape: ObjectShape<F>,
	values: { readonly [name in keyof F]?: unknown },
	more: readonly FieldProblem[] = [],
): Infer<ObjectShape<F>> {
	const read = validatorOf(shape, { unknownFields: "refuse" }).safeParse(values);
	const problems = [...(read.success ? [] : problemsOf(read.error)), ...more];
	if (read.success && problems.length === 0) return read.data as Infer<ObjectShape<F>>;
	throw optionFailure(problems.map(asTyped));
}

/** `scopes.1` is the second entry of `--scopes`. */
function asTyped({ path, message }: FieldProblem): OptionProblem {
	const [name = "", index] = path.split(".");
	const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
	return { option, message: index === undefined ? message : `entry ${Number(index) + 1} ${message}` };
}

/** Digits as the number they write; anything else as it is, for the shape to refuse. */
export function digitsToNumber(text: string | undefined): unknown {
	return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** `a, b` as a list. */
export function commaList(text: string): string[] {
	return text
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "");
}
