import { yieldUntil } from "./yieldUntil.js";

/**
 * Owns everything of a connection that waits: timers, pauses and running
 * requests. `destroy` ends them all, so that no thread is left behind.
 */
export interface TaskScope {
	isDestroyed(): boolean;
	/** Yields for this many seconds. Returns false if the scope was destroyed meanwhile. */
	wait(seconds: number): boolean;
	/** Runs `work` on its own thread and yields until it returns, for at most `seconds`. */
	runWithTimeout<T extends defined>(work: () => T, seconds: number): Outcome<T>;
	/** Calls `callback` after this many seconds. The returned function cancels it. */
	delay(seconds: number, callback: () => void): () => void;
	destroy(): void;
}

export type Outcome<T> =
	| { readonly how: "returned"; readonly value: T }
	| { readonly how: "threw"; readonly thrown: unknown }
	| { readonly how: "timedOut" | "destroyed" };

/** Roblox refuses to cancel a thread that is running or finished; then there is nothing to cancel. */
function cancelThread(thread: thread) {
	pcall(() => task.cancel(thread));
}

export function createTaskScope(): TaskScope {
	const cleanups = new Set<() => void>();
	let destroyed = false;

	/** Calls `cleanup` when the scope is destroyed. The returned function removes it. */
	function onDestroy(cleanup: () => void): () => void {
		cleanups.add(cleanup);
		return () => {
			cleanups.delete(cleanup);
		};
	}

	function delay(seconds: number, callback: () => void): () => void {
		if (destroyed) return () => {};
		let finished = false;
		const thread = task.delay(seconds, () => {
			finished = true;
			removeCleanup();
			callback();
		});
		const cancel = () => {
			if (finished) return;
			finished = true;
			removeCleanup();
			cancelThread(thread);
		};
		const removeCleanup = onDestroy(cancel);
		return cancel;
	}

	return {
		delay(seconds, callback) {
			return delay(seconds, callback);
		},
		isDestroyed() {
			return destroyed;
		},
		wait(seconds) {
			if (destroyed) return false;
			return yieldUntil<boolean>((resume) => {
				const removeCleanup = onDestroy(() => resume(false));
				delay(seconds, () => {
					removeCleanup();
					resume(true);
				});
			});
		},
		runWithTimeout<T extends defined>(work: () => T, seconds: number) {
			if (destroyed) return { how: "destroyed" };
			return yieldUntil<Outcome<T>>((resume) => {
				let worker: thread | undefined;
				let settled = false;
				const settle = (outcome: Outcome<T>) => {
					if (settled) return;
					settled = true;
					removeCleanup();
					cancelTimer();
					// A response that nobody waits for any more must not keep its thread.
					const workEnded = outcome.how === "returned" || outcome.how === "threw";
					if (!workEnded && worker !== undefined) cancelThread(worker);
					resume(outcome);
				};
				const removeCleanup = onDestroy(() => settle({ how: "destroyed" }));
				const cancelTimer = delay(seconds, () => settle({ how: "timedOut" }));
				worker = task.spawn(() => {
					const [returned, value] = pcall(work);
					settle(returned ? { how: "returned", value: value as T } : { how: "threw", thrown: value });
				});
			});
		},
		destroy() {
			if (destroyed) return;
			destroyed = true;
			const callbacks = [...cleanups];
			cleanups.clear();
			for (const callback of callbacks) callback();
		},
	};
}
