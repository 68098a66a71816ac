import { exitCodes, type Failure, failureToOpen } from "../../boot/exitCodes.js";
import { type FieldProblem, Problem } from "../../core/problem.js";
import { colour } from "./colour.js";

/** An option or argument that is missing or wrong. */
export interface OptionProblem {
	/** As it is typed: `--place`, `<keyId>`. */
	readonly option: string;
	readonly message: string;
}

/** Thrown to end a command: says why, and with which exit code. */
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

/** The command was not understood. */
export function usageFailure(message: string, problems: readonly OptionProblem[] = []): CommandFailure {
	return new CommandFailure("usage", message, exitCodes.usage, problems);
}

/** Options that are missing or wrong, all of them. */
export function optionFailure(problems: readonly OptionProblem[]): CommandFailure {
	const lines = problems.map(({ option, message }) => `  ${option} ${message}`);
	return usageFailure(`these options are not right:\n${lines.join("\n")}`, problems);
}

/** The domain refused: its code, and what to do about it. */
export function problemFailure(problem: Problem): CommandFailure {
	const { code, entry, details } = problem;
	const fields = details.fields ?? [];
	const particular = details.detail ?? fields.map(fieldLine).join("; ");
	const message = particular === "" ? `${entry.title}. ${entry.fix}` : particular;
	return new CommandFailure(code, message, exitCodes.refused);
}

/** What the domain gave; throws when it refused. */
export function unwrap<T>(outcome: T | Problem): T {
	if (outcome instanceof Problem) throw problemFailure(outcome);
	return outcome;
}

/** Whatever was thrown, as a failure to tell. */
export function commandFailure(error: unknown): Failure & { readonly problems?: readonly OptionProblem[] } {
	if (error instanceof CommandFailure) return error;
	const known = failureToOpen(error);
	if (known !== undefined) return known;
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { code: "internal", message: `this is a bug in Placelock\n${message}`, exitCode: exitCodes.bug };
}

/** Writes a failure to stderr: for people, or as one line of JSON. */
export function tellFailure(
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
