import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { type LaunchOptions, launchArguments, type MongodbProgram, untilReady } from "./program.js";

/** Starts the program and resolves when it accepts writes. The caller ends the process. */
export async function launch(program: MongodbProgram, options: LaunchOptions): Promise<ChildProcess> {
	mkdirSync(options.folder, { recursive: true });
	const server = spawn(program.command, launchArguments(program, options), { stdio: "ignore" });
	let failure: string | undefined;
	server.once("error", (error) => {
		failure = error.message;
	});
	server.once("exit", (code) => {
		failure = `it ended at once, with ${code}`;
	});
	try {
		await untilReady(options.port, options.lone ?? false, () => failure);
		return server;
	} catch (error) {
		server.kill("SIGKILL");
		throw error;
	}
}

/** A loopback port that is free at the moment. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			const port = typeof address === "object" && address !== null ? address.port : 0;
			probe.close(() => resolve(port));
		});
	});
}

export function ended(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => server.once("exit", () => resolve()));
}
