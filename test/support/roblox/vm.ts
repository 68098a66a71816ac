import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../projectRoot.js";

/** A Luau machine with the Roblox environment in it: text in, text out. */
export interface Vm {
	/** Loads the chunks, then hands the command to the environment's `step`. */
	step(command: string, chunks?: readonly Chunk[]): Promise<string>;
	close(): Promise<void>;
}

export interface Chunk {
	readonly name: string;
	readonly source: string;
}

const here = join(projectRoot, "test", "support", "roblox");

/** How long a worker without machines is kept for the next one. */
const idleMs = 1_000;

/** How long opening or closing a machine may take. */
const startMs = 30_000;

interface Host {
	call(action: string, fields: object, longestMs: number): Promise<string>;
	readonly machines: Set<number>;
}

let host: Host | undefined;
let nextMachine = 1;

function startHost(): Host {
	const worker = new Worker(join(here, "vmWorker.mjs"));
	const waiting = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>();
	let nextId = 1;
	worker.unref();

	function fail(error: Error): void {
		if (host === started) host = undefined;
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
		void worker.terminate();
	}
	worker.on("message", (message: { id: number; value: string; error?: string }) => {
		const call = waiting.get(message.id);
		waiting.delete(message.id);
		if (waiting.size === 0) worker.unref();
		if (message.error === undefined) call?.resolve(message.value);
		else call?.reject(new Error(message.error));
	});
	worker.on("error", (error) => fail(error instanceof Error ? error : new Error(String(error))));

	const started: Host = {
		machines: new Set(),
		call(action, fields, longestMs) {
			const id = nextId++;
			// Only while an answer is awaited may the worker keep the process alive.
			worker.ref();
			return new Promise<string>((resolve, reject) => {
				const timer = setTimeout(
					() => fail(new Error(`a script ran for ${longestMs / 1000} s without yielding`)),
					longestMs,
				);
				waiting.set(id, {
					resolve: (value) => (clearTimeout(timer), resolve(value)),
					reject: (error) => (clearTimeout(timer), reject(error)),
				});
				worker.postMessage({ id, action, ...fields });
			}).finally(() => {
				if (started.machines.size > 0) return;
				setTimeout(() => {
					if (started.machines.size > 0 || waiting.size > 0) return;
					if (host === started) host = undefined;
					void worker.terminate();
				}, idleMs).unref();
			});
		},
	};
	return started;
}

/** The environment's own sources, each one subject. */
function environmentSources(): Chunk[] {
	const folder = join(here, "luau");
	return readdirSync(folder)
		.filter((file) => file.endsWith(".luau"))
		.map((file) => ({
			name: file.slice(0, -".luau".length),
			source: readFileSync(join(folder, file), "utf8"),
		}));
}

/**
 * A script that runs for `longestStepSeconds` without yielding is stuck: the
 * worker is ended, and with it every machine of this process.
 */
export async function openVm(longestStepSeconds: number): Promise<Vm> {
	host ??= startHost();
	const mine = host;
	const longestMs = longestStepSeconds * 1000;
	const machine = nextMachine++;
	mine.machines.add(machine);
	await mine.call("open", { machine, environment: environmentSources() }, startMs);
	return {
		step: (command, chunks = []) => mine.call("step", { machine, chunks, command }, longestMs),
		async close() {
			mine.machines.delete(machine);
			if (host === mine) await mine.call("close", { machine }, startMs);
		},
	};
}
