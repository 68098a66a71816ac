import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MongodbProgram } from "./program.js";
import { ended, freePort, launch } from "./server.js";

/** A suite's own MongoDB server, to be killed and started again. */
export interface PrivateMongodb {
	uri(database: string): string;
	/** Ends the process as a power cut would. Acknowledged writes are on disk. */
	kill(): Promise<void>;
	/** Starts it again, on the same port and data. */
	start(): Promise<void>;
	/** Ends it and deletes its data. */
	remove(): Promise<void>;
}

export async function startPrivateMongodb(
	program: MongodbProgram,
	options: { lone?: boolean } = {},
): Promise<PrivateMongodb> {
	const folder = mkdtempSync(join(tmpdir(), "placelock-mongodb-"));
	const port = await freePort();
	const start = () => launch(program, { ...options, port, folder });
	let server = await start();
	const killOnExit = () => server.kill("SIGKILL");
	process.on("exit", killOnExit);
	const kill = async () => {
		server.kill("SIGKILL");
		await ended(server);
	};
	return {
		uri: (database) => `mongodb://127.0.0.1:${port}/${database}`,
		kill,
		start: async () => {
			server = await start();
		},
		remove: async () => {
			await kill();
			process.off("exit", killOnExit);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
