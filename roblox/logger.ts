import type { Logger, LogLevel } from "./options/options.js";
import type { CallError } from "./results.js";
import type { VerificationState } from "./state.js";

/** The module's messages: nothing while all is well, and one line for each change of state. */
export interface Log {
	/** The address is plain http to another machine. */
	keyExposed(): void;
	/** A second connection was created while the first is alive. */
	multipleConnections(): void;
	stateChanged(previous: VerificationState, current: VerificationState): void;
	/** The game still uses the old token of a rotated key. */
	rotated(rotateBy: string): void;
}

function writeToOutput(level: LogLevel, message: string) {
	if (level === "warn") warn(message);
	else print(message);
}

/** For example `server, unavailable: … [request req_1]`. For a denial the kind would repeat the message. */
function describe(err: CallError | undefined): string {
	if (err === undefined) return "unknown cause";
	const kind = err.kind === "denied" ? "" : `${err.kind}, `;
	const request = err.requestId !== undefined ? ` [request ${err.requestId}]` : "";
	return `${kind}${err.code}: ${err.message}${request}`;
}

export function createLog(logger: Logger | undefined, redact: (text: string) => string): Log {
	const output = logger ?? writeToOutput;

	// On its own thread and protected: a logger that yields or throws must not make a call fail.
	function write(level: LogLevel, message: string) {
		task.spawn(() => {
			pcall(output, level, redact(`[Placelock] ${message}`));
		});
	}

	return {
		keyExposed() {
			write(
				"warn",
				"url is plain http to another machine, so anyone on the network can read the key. Use https.",
			);
		},
		multipleConnections() {
			write(
				"warn",
				"This game server has more than one connection, and each sends its own requests. Connect once, in a ModuleScript, and require that.",
			);
		},
		stateChanged(previous, current) {
			if (current.status === "denied") return write("warn", `Denied. ${describe(current.error)}`);
			if (current.status === "unreachable") return write("warn", `Not verified. ${describe(current.error)}`);
			if (current.stale) {
				return write(
					"warn",
					`The verification could not be renewed; the last one is still in force. ${describe(current.error)}`,
				);
			}
			if (previous.status !== "unknown") write("info", "Verified again.");
		},
		rotated(rotateBy) {
			write(
				"warn",
				`The key was rotated, and this game server still uses the old token, which expires at ${rotateBy}. Replace the token where the game reads it, then restart all game servers before that time: running ones keep the old token.`,
			);
		},
	};
}
