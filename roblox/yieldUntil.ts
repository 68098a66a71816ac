/**
 * Stops the running thread until `resume` is called, and returns the value it
 * was called with. Only the first call of `resume` counts.
 *
 * A thread that its owner cancelled meanwhile is left alone: the owner of a
 * thread may end it at any time, and resuming it would be an error.
 */
export function park<T>(register: (resume: (value: T) => void) => void): T {
	const thread = coroutine.running();
	let outcome: { value: T } | undefined;
	let waiting = false;
	register((value) => {
		if (outcome !== undefined) return;
		outcome = { value };
		if (waiting && coroutine.status(thread) === "suspended") task.spawn(thread);
	});
	waiting = true;
	// A loop, because a stray resume from elsewhere must not pass for an answer.
	while (outcome === undefined) coroutine.yield();
	return (outcome as { value: T }).value;
}
