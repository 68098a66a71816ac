/** Where progress is told: a terminal, or what a program reads. */
export type ProgressOutput = Pick<NodeJS.WriteStream, "isTTY" | "write">;

/**
 * One line that tells how far something is and is written over as it goes on.
 * Where nobody watches there is none: a file would keep every state of it.
 */
export class ProgressLine {
	/** Goes to stderr by itself: standard output is the command's result. */
	constructor(private readonly output: ProgressOutput = process.stderr) {}

	tell(text: string): void {
		if (this.output.isTTY) this.output.write(`\r${text}\u001b[K`);
	}

	/** Takes the line away, so that what comes next begins where it stood. */
	end(): void {
		if (this.output.isTTY) this.output.write("\r\u001b[K");
	}
}
