/** Where progress is shown: a terminal, or a stream that a program reads. */
export type ProgressOutput = Pick<NodeJS.WriteStream, "isTTY" | "write">;

/**
 * A line of progress that overwrites itself. Only shown on a terminal: a file
 * would keep every version of it.
 */
export class ProgressLine {
	/** Writes to stderr by default: standard output is for the command's result. */
	constructor(private readonly output: ProgressOutput = process.stderr) {}

	update(text: string): void {
		if (this.output.isTTY) this.output.write(`\r${text}\u001b[K`);
	}

	/** Clears the line, so that the next output starts there. */
	end(): void {
		if (this.output.isTTY) this.output.write("\r\u001b[K");
	}
}
