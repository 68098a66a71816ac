import { park } from "./yieldUntil.js";

/**
 * Everything of a connection that waits: timers, pauses and requests under way.
 * Stopping it ends them all at once, so that nothing is left behind.
 */
export interface Life {
	isOver(): boolean;
	/** Yields for this many seconds; false when the life ended meanwhile. */
	wait(seconds: number): boolean;
	/**
	 * Runs `work` on a thread of its own and yields until it returns, but no
	 * longer than `seconds`.
	 */
	finish<T extends defined>(work: () => T, seconds: number): Finished<T>;
	/** Calls `callback` after this many seconds, unless what it returns is called first. */
	after(seconds: number, callback: () => void): () => void;
	stop(): void;
}

export type Finished<T> =
	| { readonly how: "done"; readonly value: T }
	| { readonly how: "threw"; readonly thrown: unknown }
	| { readonly how: "late" | "over" };

/** Roblox refuses to cancel a thread that is running or done; then there is nothing to cancel. */
function cancelThread(thread: thread) {
	pcall(() => task.cancel(thread));
}

export function createLife(): Life {
	const endings = new Set<() => void>();
	let over = false;

	/** Adds something to do at the end; what it returns takes it out again. */
	function onEnd(callback: () => void): () => void {
		endings.add(callback);
		return () => {
			endings.delete(callback);
		};
	}

	function after(seconds: number, callback: () => void): () => void {
		if (over) return () => {};
		let finished = false;
		const thread = task.delay(seconds, () => {
			finished = true;
			forget();
			callback();
		});
		const cancel = () => {
			if (finished) return;
			finished = true;
			forget();
			cancelThread(thread);
		};
		const forget = onEnd(cancel);
		return cancel;
	}

	return {
		after(seconds, callback) {
			return after(seconds, callback);
		},
		isOver() {
			return over;
		},
		wait(seconds) {
			if (over) return false;
			return park<boolean>((resume) => {
				const forget = onEnd(() => resume(false));
				after(seconds, () => {
					forget();
					resume(true);
				});
			});
		},
		finish<T extends defined>(work: () => T, seconds: number) {
			if (over) return { how: "over" };
			return park<Finished<T>>((resume) => {
				let worker: thread | undefined;
				let settled = false;
				const settle = (finished: Finished<T>) => {
					if (settled) return;
					settled = true;
					forget();
					cancelTimer();
					// An answer that nobody waits for any more must not keep its thread.
					const ended = finished.how === "done" || finished.how === "threw";
					if (!ended && worker !== undefined) cancelThread(worker);
					resume(finished);
				};
				const forget = onEnd(() => settle({ how: "over" }));
				const cancelTimer = after(seconds, () => settle({ how: "late" }));
				worker = task.spawn(() => {
					const [returned, outcome] = pcall(work);
					settle(returned ? { how: "done", value: outcome as T } : { how: "threw", thrown: outcome });
				});
			});
		},
		stop() {
			if (over) return;
			over = true;
			const callbacks = [...endings];
			endings.clear();
			for (const callback of callbacks) callback();
		},
	};
}
