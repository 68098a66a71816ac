import { park } from "./park.js";

/**
 * Calls for the same thing at the same time become one: the first starts the
 * work, the rest wait for it and share what it returns. The work runs on a
 * thread of its own, so that a script which cancels its own thread does not
 * take the others' answer with it. `work` must not throw.
 */
export interface SingleFlight<T extends defined> {
	run(key: string, work: () => T): T;
}

export function createSingleFlight<T extends defined>(): SingleFlight<T> {
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
					const value = work();
					flights.delete(key);
					for (const tell of waiting) tell(value);
				});
			});
		},
	};
}
