import { park } from "../yieldUntil.js";

/**
 * Calls for the same thing at the same time become one: the first starts the
 * work, the rest wait for it and share what it returns. The work runs on a
 * thread of its own, so that a script which cancels its own thread does not
 * take the others' answer with it.
 */
export interface SingleFlight<T extends defined> {
	run(key: string, work: () => T): T;
	isUnderWay(key: string): boolean;
}

/** `afterThrow` makes the answer for everyone who waits when the work throws: none of them may wait for ever. */
export function createSingleFlight<T extends defined>(afterThrow: (thrown: unknown) => T): SingleFlight<T> {
	const flights = new Map<string, Array<(value: T) => void>>();

	return {
		run(key, work) {
			return park<T>((resume) => {
				const others = flights.get(key);
				if (others !== undefined) {
					others.push(resume);
					return;
				}
				const waiting = [resume];
				flights.set(key, waiting);
				task.spawn(() => {
					const [returned, outcome] = pcall(work);
					flights.delete(key);
					const value = returned ? (outcome as T) : afterThrow(outcome);
					for (const tell of waiting) tell(value);
				});
			});
		},
		isUnderWay(key) {
			return flights.has(key);
		},
	};
}
