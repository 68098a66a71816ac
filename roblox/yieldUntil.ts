/**
 * Yields the running thread until `resume` is called, and returns the value it
 * was called with. Only the first call of `resume` counts.
 *
 * A thread that its owner cancelled meanwhile is not resumed: resuming it would
 * be an error.
 */
export function yieldUntil<T>(register: (resume: (value: T) => void) => void): T {
	const thread = coroutine.running();
	let outcome: { value: T } | undefined;
	let yielded = false;
	register((value) => {
		if (outcome !== undefined) return;
		outcome = { value };
		if (yielded && coroutine.status(thread) === "suspended") task.spawn(thread);
	});
	yielded = true;
	// A loop, because other code may resume this thread before there is a value.
	while (outcome === undefined) coroutine.yield();
	return (outcome as { value: T }).value;
}
