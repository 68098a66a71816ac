import { setTimeout as pause } from "node:timers/promises";

/** Resolves with the first answer of `look` that is not undefined or false; rejects when there is none in time. */
export async function waitFor<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	patienceMs = 10_000,
): Promise<T> {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		const answer = await look();
		if (answer !== undefined && answer !== false) return answer;
		if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms in vain for: ${what}`);
		await pause(5);
	}
}
