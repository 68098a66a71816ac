import { setTimeout as pause } from "node:timers/promises";

/** Resolves with the first result of `look` that is not undefined or false; rejects after a time-out. */
export async function waitFor<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	timeoutMs = 10_000,
): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const answer = await look();
		if (answer !== undefined && answer !== false) return answer;
		if (performance.now() > deadline) throw new Error(`timed out after ${timeoutMs} ms waiting for: ${what}`);
		await pause(5);
	}
}
