import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../projectRoot.js";

/** A Luau VM with the Roblox environment: text in, text out. */
export interface Vm {
	/** Loads the chunks, then passes the command to the environment's `step`. */
	step(command: string, chunks?: readonly Chunk[]): Promise<string>;
	close(): Promise<void>;
}

export interface Chunk {
	readonly name: string;
	readonly source: string;
}

const here = join(projectRoot, "test", "support", "roblox");

/** How long a worker without VMs is kept for the next one. */
const idleMs = 1_000;

/** How long opening or closing a VM may take. */
const openTimeoutMs = 30_000;

interface VmHost {
	call(action: string, fields: object, timeoutMs: number): Promise<string>;
	readonly vms: Set<number>;
}

let host: VmHost | undefined;
let nextVmId = 1;

function startHost(): VmHost {
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

	const started: VmHost = {
		vms: new Set(),
		call(action, fields, timeoutMs) {
			const id = nextId++;
			// The worker keeps the process alive only while a reply is pending.
			worker.ref();
			return new Promise<string>((resolve, reject) => {
				const timer = setTimeout(
					() => fail(new Error(`a script ran for ${timeoutMs / 1000} s without yielding`)),
					timeoutMs,
				);
				waiting.set(id, {
					resolve: (value) => (clearTimeout(timer), resolve(value)),
					reject: (error) => (clearTimeout(timer), reject(error)),
				});
				worker.postMessage({ id, action, ...fields });
			}).finally(() => {
				if (started.vms.size > 0) return;
				setTimeout(() => {
					if (started.vms.size > 0 || waiting.size > 0) return;
					if (host === started) host = undefined;
					void worker.terminate();
				}, idleMs).unref();
			});
		},
	};
	return started;
}

/** The sources of the Roblox environment. */
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
 * Opens a VM. A script that runs for `longestStepSeconds` without yielding is stuck:
 * the worker is ended then, and with it every VM of this process.
 */
export async function openVm(longestStepSeconds: number): Promise<Vm> {
	host ??= startHost();
	const vmHost = host;
	const timeoutMs = longestStepSeconds * 1000;
	const vmId = nextVmId++;
	vmHost.vms.add(vmId);
	await vmHost.call("open", { vmId, environment: environmentSources() }, openTimeoutMs);
	return {
		step: (command, chunks = []) => vmHost.call("step", { vmId, chunks, command }, timeoutMs),
		async close() {
			vmHost.vms.delete(vmId);
			if (host === vmHost) await vmHost.call("close", { vmId }, openTimeoutMs);
		},
	};
}
