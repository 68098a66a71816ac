import { yieldUntil } from "../yieldUntil.js";

/**
 * Concurrent calls for the same key share one run of the work: the first starts
 * it, the others wait for it, and all return its value. The work runs on its own
 * thread, so a script that cancels its thread does not cancel it for the others.
 */
interface SingleFlight<T extends defined> {
	run(key: string, work: () => T): T;
	isRunning(key: string): boolean;
}

/** `onThrow` returns the value for all callers when the work throws; without it they would wait forever. */
export function createSingleFlight<T extends defined>(onThrow: (thrown: unknown) => T): SingleFlight<T> {
	const flights = new Map<string, Array<(value: T) => void>>();

	return {
		run(key, work) {
			return yieldUntil<T>((resume) => {
				const waiting = flights.get(key);
				if (waiting !== undefined) {
					waiting.push(resume);
					return;
				}
				const callers = [resume];
				flights.set(key, callers);
				task.spawn(() => {
					const [returned, outcome] = pcall(work);
					flights.delete(key);
					const value = returned ? (outcome as T) : onThrow(outcome);
					for (const resumeCaller of callers) resumeCaller(value);
				});
			});
		},
		isRunning(key) {
			return flights.has(key);
		},
	};
}
