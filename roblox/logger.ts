import type { Logger, LogLevel } from "./options/options.js";
import type { CallError } from "./results.js";
import type { VerificationState } from "./state.js";

/** What the module says. Nothing while all is well, and one line for each change of state. */
export interface Log {
	/** The address is plain http to another machine. */
	keyExposed(): void;
	/** A connection was made while another is alive. */
	connectedTwice(): void;
	stateChanged(from: VerificationState, to: VerificationState): void;
	/** The key in use was rotated out. */
	rotated(rotateBy: string): void;
}

function writeToOutput(level: LogLevel, message: string) {
	if (level === "warn") warn(message);
	else print(message);
}

function describe(err: CallError | undefined): string {
	if (err === undefined) return "no reason is known";
	const request = err.requestId !== undefined ? ` [request ${err.requestId}]` : "";
	return `${err.kind}, ${err.code}: ${err.message}${request}`;
}

export function createLog(logger: Logger | undefined, redact: (text: string) => string): Log {
	const write = logger ?? writeToOutput;

	// On a thread of its own and protected: a logger that yields or throws is no reason for a call to fail.
	function say(level: LogLevel, message: string) {
		task.spawn(() => {
			pcall(write, level, redact(`[Placelock] ${message}`));
		});
	}

	return {
		keyExposed() {
			say(
				"warn",
				"url is plain http to another machine: anyone on the way can read the key. Use https outside your own computer.",
			);
		},
		connectedTwice() {
			say(
				"warn",
				"This game server has more than one connection, and each sends requests of its own. Connect once, in a ModuleScript, and require that.",
			);
		},
		stateChanged(from, to) {
			if (to.status === "denied") return say("warn", `Denied. ${describe(to.error)}`);
			if (to.status === "unreachable") return say("warn", `Not verified. ${describe(to.error)}`);
			if (to.stale) {
				return say(
					"warn",
					`The last verification stands in for now, it could not be renewed. ${describe(to.error)}`,
				);
			}
			if (from.status !== "unknown") say("info", "Verified again.");
		},
		rotated(rotateBy) {
			say(
				"warn",
				`This key was rotated and the game still uses its old token, which stops working at ${rotateBy}. Put the new token in place, then restart the game servers before that time: those that run keep the old one.`,
			);
		},
	};
}
