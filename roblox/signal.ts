import { inspect } from "./inspect.js";
import { yieldUntil } from "./yieldUntil.js";

/** A connection to a signal, like Roblox's RBXScriptConnection. */
export interface Connection {
	readonly Connected: boolean;
	Disconnect(): void;
}

/**
 * A signal with the methods of Roblox's own. A new connection receives changes from
 * then on; for the current state, use `getVerification()`.
 */
export interface Signal<T> {
	Connect(handler: (value: T) => void): Connection;
	/** Like Connect, for the next change only. */
	Once(handler: (value: T) => void): Connection;
	/** Yields until the next change and returns it. */
	Wait(): T;
}

interface SignalSource<T> {
	readonly signal: Signal<T>;
	fire(value: T): void;
	/** Disconnects every handler; `Wait` returns `value` from now on. */
	close(value: T): void;
}

/** Reports a mistake at the line that called Connect or Once, as Roblox's own signals do. */
const callerLevel = 3;

/**
 * Throws if the handler is not a function. Otherwise it would fail at the first
 * change, far from the line with the mistake.
 */
function checkHandler(signal: unknown, handler: unknown, method: string) {
	if (typeIs(signal, "function")) {
		error(`Call ${method} with a colon, not a dot: verification:${method}(handler)`, callerLevel);
	}
	if (!typeIs(handler, "function")) {
		error(`${method} expects a function, got ${inspect(handler)}`, callerLevel);
	}
}

/** A connected handler, or a thread in Wait. */
interface Listener<T> {
	notify(value: T): void;
	readonly connection?: { Connected: boolean };
}

export function createSignal<T>(): SignalSource<T> {
	let listeners = new Array<Listener<T>>();
	let closed: { value: T } | undefined;

	// A new list each time, so that a listener added while a change is sent receives only the next one.
	function add(listener: Listener<T>) {
		listeners = [...listeners, listener];
	}

	function remove(listener: Listener<T>) {
		listeners = listeners.filter((other) => other !== listener);
	}

	function connect(handler: (value: T) => void, once: boolean): Connection {
		const connection = {
			Connected: closed === undefined,
			Disconnect() {
				this.Connected = false;
				remove(listener);
			},
		};
		const listener: Listener<T> = {
			connection,
			notify(value) {
				if (!connection.Connected) return;
				if (once) connection.Disconnect();
				// On its own thread, as Roblox does it: a handler that yields or throws affects nothing else.
				task.spawn(handler, value);
			},
		};
		if (closed === undefined) add(listener);
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
				if (closed !== undefined) return closed.value;
				return yieldUntil<T>((resume) => {
					const listener: Listener<T> = {
						notify(value) {
							remove(listener);
							resume(value);
						},
					};
					add(listener);
				});
			},
		},
		fire(value) {
			for (const listener of listeners) listener.notify(value);
		},
		close(value) {
			closed = { value };
			const remaining = listeners;
			listeners = [];
			for (const listener of remaining) {
				if (listener.connection !== undefined) listener.connection.Connected = false;
				else listener.notify(value);
			}
		},
	};
}
