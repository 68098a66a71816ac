import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { cpuSeconds } from "./cpuTime.js";

const root = join(__dirname, "..");
const typescript = ["-r", join(root, "test/support/typescript.cjs")];

/** A server under measurement, in a process of its own. */
export interface Contender {
	readonly port: number;
	/** User and system time used so far, in seconds; undefined if the system does not report it. */
	cpuSeconds(): number | undefined;
	stop(): Promise<void>;
}

/** Starts one of the servers for comparison, which sends `responseBody`; `nodeOptions` are for node itself. */
export function startFixed(
	file: "bare" | "plainExpress",
	responseBody: string,
	nodeOptions: readonly string[] = [],
): Promise<Contender> {
	const program = join(__dirname, "servers", `${file}.ts`);
	return start([...nodeOptions, ...typescript, program], { BENCH_RESPONSE: responseBody });
}

/** Starts Placelock as an operator would. */
export function startPlacelock(
	environment: Readonly<Record<string, string>>,
	nodeOptions: readonly string[] = [],
): Promise<Contender> {
	return start([...nodeOptions, join(root, "dist/server/main.js")], { LOG_LEVEL: "warn", ...environment });
}

async function start(
	args: readonly string[],
	environment: Readonly<Record<string, string>>,
): Promise<Contender> {
	const port = await freePort();
	const server = spawn(process.execPath, args, {
		cwd: __dirname,
		env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port), ...environment },
		stdio: ["ignore", "pipe", "inherit"],
	});
	const killOnExit = () => server.kill("SIGKILL");
	process.on("exit", killOnExit);
	await firstOutput(server);
	return {
		port,
		cpuSeconds: () => cpuSeconds(server.pid ?? 0),
		stop: async () => {
			const ended = once(server, "exit");
			server.kill("SIGTERM");
			await ended;
			process.off("exit", killOnExit);
		},
	};
}

/** Resolves at the first output; rejects if the process ends before. */
async function firstOutput(server: ChildProcess): Promise<void> {
	const ended = once(server, "exit").then(([code]) => {
		throw new Error(`A measured server exited with code ${code} before it was listening.`);
	});
	if (server.stdout !== null) await Promise.race([once(server.stdout, "data"), ended]);
	ended.catch(() => {});
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const address = probe.address();
	probe.close();
	if (address === null || typeof address === "string") throw new Error("No free port found.");
	return address.port;
}
