import { createInterface } from "node:readline";
import { exitCodes } from "../../boot/exitCodes.js";
import { CommandFailure, usageFailure } from "./commandFailure.js";

/** Where a question is asked. Absent: the terminal of this process, if any. */
export interface PromptStreams {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
}

/**
 * Describes what will happen and asks for confirmation, unless `--yes` is
 * given. Throws when the answer is no, and when there is no terminal to ask on.
 * The question goes to stderr: standard output is for the command's result.
 */
export async function confirm(
	what: string,
	given: { readonly yes?: true },
	prompt: PromptStreams | undefined = terminal(),
): Promise<void> {
	if (given.yes) return;
	if (prompt === undefined) {
		throw usageFailure(`${what}\nNot a terminal; pass --yes to confirm.`, [
			{ option: "--yes", message: "is required without a terminal" },
		]);
	}
	if (!(await ask(`${what}\nContinue? [y/N] `, prompt))) {
		throw new CommandFailure("declined", "cancelled; nothing was changed", exitCodes.failed);
	}
}

async function ask(question: string, { input, output }: PromptStreams): Promise<boolean> {
	const lines = createInterface({ input, output });
	try {
		const response = await new Promise<string>((resolve) => {
			lines.once("line", resolve);
			// The input may end without an answer. That counts as no.
			lines.once("close", () => resolve(""));
			lines.setPrompt(question);
			lines.prompt();
		});
		return /^\s*y(es)?\s*$/i.test(response);
	} finally {
		lines.close();
	}
}

function terminal(): PromptStreams | undefined {
	const { stdin, stderr } = process;
	return stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined;
}
