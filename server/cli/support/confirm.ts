import { createInterface } from "node:readline";
import { exitCodes } from "../../boot/exitCodes.js";
import { CommandFailure, usageFailure } from "./commandFailure.js";

/** Where a question is asked. Absent: the terminal of this process, if it has one. */
export interface Asking {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
}

/**
 * Says what will happen and asks whether to go on; `--yes` is the answer given
 * beforehand. Throws when the answer is no, and where nobody can be asked. The
 * question goes to stderr: standard output is the command's result.
 */
export async function confirm(
	what: string,
	given: { readonly yes?: true },
	asking: Asking | undefined = terminal(),
): Promise<void> {
	if (given.yes) return;
	if (asking === undefined) {
		throw usageFailure(`${what}\nNobody can be asked here: to do it, add --yes.`, [
			{ option: "--yes", message: "is needed where nobody can be asked" },
		]);
	}
	if (!(await ask(`${what}\nGo on? [y/N] `, asking))) {
		throw new CommandFailure("declined", "nothing was done", exitCodes.refused);
	}
}

async function ask(question: string, { input, output }: Asking): Promise<boolean> {
	const lines = createInterface({ input, output });
	try {
		const answer = await new Promise<string>((resolve) => {
			lines.once("line", resolve);
			// An input that ends is no answer, and no answer is no.
			lines.once("close", () => resolve(""));
			lines.setPrompt(question);
			lines.prompt();
		});
		return /^\s*y(es)?\s*$/i.test(answer);
	} finally {
		lines.close();
	}
}

function terminal(): Asking | undefined {
	const { stdin, stderr } = process;
	return stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined;
}
