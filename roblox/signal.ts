import { show } from "./inspect.js";
import { park } from "./yieldUntil.js";

/** A connection to a signal, as Roblox's RBXScriptConnection. */
export interface Connection {
	readonly Connected: boolean;
	Disconnect(): void;
}

/**
 * A signal with the methods of Roblox's own. A new connection hears of changes
 * from then on; what is so already is `getVerification()`.
 */
export interface Signal<T> {
	Connect(handler: (value: T) => void): Connection;
	/** As Connect, for the next change only. */
	Once(handler: (value: T) => void): Connection;
	/** Yields until the next change, and returns it. */
	Wait(): T;
}

export interface SignalSource<T> {
	readonly signal: Signal<T>;
	fire(value: T): void;
	/** Disconnects every handler; threads in Wait go on with `value`. */
	close(value: T): void;
}

/** So that a mistake is reported at the line that called Connect or Once, as Roblox's own signals do. */
const callerLevel = 3;

/**
 * Throws for a handler that is none. Accepted, it would only fail once it is
 * told of something, far from the line that is wrong.
 */
function checkHandler(signal: unknown, handler: unknown, method: string) {
	if (typeIs(signal, "function")) {
		error(`${method} is called with a colon, not a dot: verification:${method}(handler)`, callerLevel);
	}
	if (!typeIs(handler, "function")) {
		error(`${method} wants a function, got ${show(handler)}`, callerLevel);
	}
}

/** One who listens: a handler's connection, or a thread in Wait. */
interface Listener<T> {
	hear(value: T): void;
	readonly connection?: { Connected: boolean };
}

export function createSignal<T>(): SignalSource<T> {
	let listeners = new Array<Listener<T>>();
	let last: { value: T } | undefined;

	// A new list each time, so that one who joins while others are told hears only the next change.
	function join(listener: Listener<T>) {
		listeners = [...listeners, listener];
	}

	function leave(listener: Listener<T>) {
		listeners = listeners.filter((other) => other !== listener);
	}

	function connect(handler: (value: T) => void, once: boolean): Connection {
		const connection = {
			Connected: last === undefined,
			Disconnect() {
				this.Connected = false;
				leave(listener);
			},
		};
		const listener: Listener<T> = {
			connection,
			hear(value) {
				if (!connection.Connected) return;
				if (once) connection.Disconnect();
				// On its own thread, as Roblox does it: a handler that yields or throws holds up nobody.
				task.spawn(handler, value);
			},
		};
		if (last === undefined) join(listener);
		return connection;
	}

	return {
		signal: {
			Connect(handler) {
				checkHandler(this, handler, "Connect");
				return connect(handler, false);
			},
			Once(handler) {
				checkHandler(this, handler, "Once");
				return connect(handler, true);
			},
			Wait() {
				if (last !== undefined) return last.value;
				return park<T>((resume) => {
					const listener: Listener<T> = {
						hear(value) {
							leave(listener);
							resume(value);
						},
					};
					join(listener);
				});
			},
		},
		fire(value) {
			for (const listener of listeners) listener.hear(value);
		},
		close(value) {
			last = { value };
			const present = listeners;
			listeners = [];
			for (const listener of present) {
				if (listener.connection !== undefined) listener.connection.Connected = false;
				else listener.hear(value);
			}
		},
	};
}
