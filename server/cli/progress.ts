/** Tells how far a long act is, in one line that is written over; nothing where nobody watches. */
export function tellProgress(done: number, all: number, what: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} ${what}`);
}

/** Takes that line away. */
export function endProgress(): void {
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
