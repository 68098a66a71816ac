import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type CallOptions, call, type TestResponse } from "./call.js";
import { projectRoot } from "./projectRoot.js";
import { testSecrets } from "./seed.js";
import { waitFor } from "./waitFor.js";

export interface ProcessEnd {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

/** The server as its own process: `node dist/server/main.js`. */
export interface ServerProcess {
	readonly child: ChildProcess;
	/** Everything it has written so far. */
	output(): string;
	readonly ended: Promise<ProcessEnd>;
	/** Kills it if it is still running. */
	kill(): Promise<void>;
}

export interface ListeningProcess extends ServerProcess {
	/** `http://127.0.0.1:port` */
	readonly origin: string;
	call(method: string, path: string, options?: CallOptions): Promise<TestResponse>;
	verify(token: string, robloxId: string): Promise<TestResponse>;
}

export type Environment = Readonly<Record<string, string>>;

/** Runs the built server with exactly these settings; `folder` is its working directory. */
export function runServer(environment: Environment, folder: string): ServerProcess {
	const child = spawn(process.execPath, [join(projectRoot, "dist", "server", "main.js")], {
		cwd: folder,
		env: { PATH: process.env.PATH, ...environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	// `close`, not `exit`: by then all output has been read.
	const ended = new Promise<ProcessEnd>((resolve) => {
		child.once("close", (code, signal) => resolve({ code, signal }));
	});
	return {
		child,
		output: () => output,
		ended,
		kill: async () => {
			child.kill("SIGKILL");
			await ended;
		},
	};
}

/** Starts a server on a free port, with the secret of all test servers. Resolves when it listens. */
export async function startProcess(environment: Environment, folder: string): Promise<ListeningProcess> {
	const server = runServer(
		{ PORT: "0", PLACELOCK_DATA_DIR: folder, PLACELOCK_SECRET: testSecrets.current, ...environment },
		folder,
	);
	try {
		const origin = await waitFor("the server's greeting", () => {
			const { exitCode } = server.child;
			if (exitCode !== null) throw new Error(`the server ended with ${exitCode}: ${server.output()}`);
			return /listening on (http:\/\/\S+)/.exec(server.output())?.[1];
		});
		return {
			...server,
			origin,
			call: (method, path, options) => call(origin, method, path, options),
			verify: (token, robloxId) => call(origin, "POST", "/v1/verify", { token, robloxId, body: {} }),
		};
	} catch (error) {
		await server.kill();
		throw error;
	}
}
