import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./lock.js";
import type { MongodbProgram } from "./program.js";
import { runFolder, runPid } from "./run.js";
import { ended, freePort, launch } from "./server.js";

/**
 * The process that owns the MongoDB of a jest run: workers come and go, and a
 * killed run cannot clean up. It ends the server when the run creates a file named
 * `stop`, or is gone. sharedServer.ts starts it, with the program as JSON.
 */
async function keep(program: MongodbProgram): Promise<void> {
	const folder = join(runFolder(), "data");
	const port = await freePort();
	const server = await launch(program, { port, folder });
	const uri = `mongodb://127.0.0.1:${port}/`;
	writeFileSync(join(runFolder(), "keeper.json"), JSON.stringify({ uri, pid: process.pid }));
	while (isAlive(runPid()) && !existsSync(join(runFolder(), "stop")) && server.exitCode === null) {
		await pause(200);
	}
	server.kill("SIGKILL");
	await ended(server);
	rmSync(isAlive(runPid()) ? folder : runFolder(), { recursive: true, force: true });
}

keep(JSON.parse(process.argv[2] ?? "")).catch((error) => {
	writeFileSync(join(runFolder(), "keeper.json"), JSON.stringify({ problem: String(error) }));
	process.exitCode = 1;
});
