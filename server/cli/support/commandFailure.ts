import { exitCodes, type Failure, failureToOpen } from "../../boot/exitCodes.js";
import { type FieldProblem, Problem } from "../../core/problem.js";
import { colour } from "./colour.js";

/** An option or argument that is missing or invalid. */
export interface OptionProblem {
	/** As typed: `--place`, `<keyId>`. */
	readonly option: string;
	readonly message: string;
}

/** Thrown to end a command with a message and an exit code. */
export class CommandFailure extends Error implements Failure {
	override readonly name = "CommandFailure";

	constructor(
		readonly code: string,
		message: string,
		readonly exitCode: number,
		readonly problems: readonly OptionProblem[] = [],
	) {
		super(message);
	}
}

/** The command line was used wrongly. */
export function usageFailure(message: string, problems: readonly OptionProblem[] = []): CommandFailure {
	return new CommandFailure("usage", message, exitCodes.usage, problems);
}

/** Every option that is missing or invalid, in one failure. */
export function optionFailure(problems: readonly OptionProblem[]): CommandFailure {
	const lines = problems.map(({ option, message }) => `  ${option} ${message}`);
	return usageFailure(`invalid options:\n${lines.join("\n")}`, problems);
}

/** A problem from the domain: its code and how to fix it. */
export function problemFailure(problem: Problem): CommandFailure {
	const { code, entry, details } = problem;
	const fields = details.fields ?? [];
	const particular = details.detail ?? fields.map(fieldLine).join("; ");
	const message = particular === "" ? `${entry.title}. ${entry.fix}` : particular;
	return new CommandFailure(code, message, exitCodes.failed);
}

/** The result of a domain function. Throws when it is a problem. */
export function unwrap<T>(outcome: T | Problem): T {
	if (outcome instanceof Problem) throw problemFailure(outcome);
	return outcome;
}

/** Converts anything thrown to a failure that can be printed. */
export function commandFailure(error: unknown): Failure & { readonly problems?: readonly OptionProblem[] } {
	if (error instanceof CommandFailure) return error;
	const known = failureToOpen(error);
	if (known !== undefined) return known;
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { code: "internal", message: `this is a bug in Placelock:\n${message}`, exitCode: exitCodes.bug };
}

/** Writes a failure to stderr: for people, or as one line of JSON. */
export function printFailure(
	{ code, message, problems = [] }: Failure & { readonly problems?: readonly OptionProblem[] },
	asJson: boolean,
): void {
	const text = asJson
		? JSON.stringify({ error: { code, message, ...(problems.length > 0 ? { problems } : {}) } })
		: `${colour("red", "placelock:", process.stderr)} ${message}`;
	process.stderr.write(`${text}\n`);
}

function fieldLine({ path, message }: FieldProblem): string {
	return `${path} ${message}`;
}
