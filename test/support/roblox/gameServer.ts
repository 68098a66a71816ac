/**
 * A Roblox game server for tests: the real Luau VM, with the part of Roblox that the
 * SDK uses, as Roblox documents it.
 *
 * ```ts
 * const server = await startGameServer({ placeId: 123456, secrets: { placelock: token } });
 * const ok = await server.run(`
 *   local Placelock = require(game:GetService("ServerScriptService").Placelock)
 *   local url = ...
 *   _G.placelock = Placelock.connect({ url = url, key = game:GetService("HttpService"):GetSecret("placelock") })
 *   return _G.placelock:verify().ok
 * `, backend.url);
 * await server.advance(60); // a minute passes, with everything that happens in it
 * expect(server.errors).toEqual([]);
 * await server.close(); // BindToClose, then the VM ends
 * ```
 *
 * - The SDK is the built model, in ServerScriptService. Each of its modules can be
 *   required by itself: `require(game:GetService("ServerScriptService").Placelock.policies.retry)`.
 * - `run` runs a Script. It resolves with the script's return value, after a round
 *   trip through JSON, once the script has ended. With the clock `moved`, a script
 *   that waits ends only when the test moves the clock: start it, `advance`, then
 *   await it. `runToEnd` moves the clock from timer to timer until the script ends.
 *   Scripts share `_G`.
 * - Time (`task.wait`, `os.clock`, `os.time`, the `Timeout` of requests) stands still
 *   until `advance`. HTTP is real and takes real time, in which the clock does not
 *   move; `advance` waits for responses before it moves on. If a backend never
 *   responds, use `advance(seconds, { awaitHttp: false })`: the clock then runs past
 *   pending requests, into their timeouts.
 * - `errors` has the errors that no script caught, `output` what was printed, and
 *   `requests` every request that reached a socket.
 */

import { type ModelNode, placelockModel } from "./model.js";
import { type Outcome, type OutgoingRequest, type Platform, send } from "./sockets.js";
import { type Chunk, openVm, type Vm } from "./vm.js";
import { asBytes, asText, decodeWire, encodeWire } from "./wire.js";

export interface GameServerOptions {
	/** Default 123456. */
	placeId?: number;
	/** The universe. Default 654321. */
	gameId?: number;
	/** Default a fixed GUID, or "" in Studio. */
	jobId?: string;
	placeVersion?: number;
	privateServerId?: string;
	/** A playtest in Studio. */
	studio?: boolean;
	/** A player's device instead of a server. */
	client?: boolean;
	/** "Allow HTTP Requests" in the game's settings. Default true. */
	httpEnabled?: boolean;
	/** The game's secrets, by name. A plain string is bound to no domain ("*"). */
	secrets?: Readonly<Record<string, string | { value: string; domain: string }>>;
	/** HTTP requests a minute. Default 500, as in Roblox. */
	requestLimit?: number;
	/** Over the limit: fail immediately (default) or after 30 s. Roblox does both. */
	overLimit?: "fail" | "stall";
	/** `moved` (default): time passes only in `advance`. `real`: time passes by itself. */
	clock?: "moved" | "real";
	/** Unix seconds at the start. Default now. */
	startedAt?: number;
	/** How signals call their handlers. Default deferred, as in Roblox's templates. */
	signals?: "deferred" | "immediate";
	/** Host names and their addresses: `{ "keys.example.com": "127.0.0.1" }`. Only these and localhost resolve. */
	hosts?: Readonly<Record<string, string>>;
	/** How long a script may run without yielding before it is ended, in real seconds. Default 20. */
	longestStepSeconds?: number;
	/** The content of ServerScriptService. Default the built SDK. */
	model?: readonly ModelNode[];
}

interface OutputLine {
	readonly level: "print" | "warn" | "error";
	readonly text: string;
}

interface ScriptError {
	readonly message: string;
	readonly trace: string;
}

interface SentRequest {
	readonly method: string;
	readonly url: string;
	/** The headers that the script set, with names in lower case. The platform's own are not included. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	readonly compressed: boolean;
	/** In seconds on the server's clock. */
	readonly at: number;
	/** The status, or the error it ended with. Undefined while it is pending. */
	outcome?: number | string;
}

interface AdvanceOptions {
	/** Whether to wait for the responses to requests before the clock moves on. Default true. */
	awaitHttp?: boolean;
}

export interface GameServer {
	run(source: string, ...args: unknown[]): Promise<unknown>;
	/** Like `run`, and moves the clock from timer to timer until the script ends, for at most an hour. */
	runToEnd(source: string, ...args: unknown[]): Promise<unknown>;
	advance(seconds: number, options?: AdvanceOptions): Promise<void>;
	/** Waits until every request has ended and nothing can run before the clock moves. */
	settle(): Promise<void>;
	/** Calls the functions of BindToClose, for up to 30 s, and ends the server. Returns false if they took longer. */
	close(): Promise<boolean>;
	readonly output: readonly OutputLine[];
	readonly errors: readonly ScriptError[];
	readonly requests: readonly SentRequest[];
	/** Seconds since the server started, on its clock. */
	readonly now: number;
	/** Counts threads that are neither finished nor cancelled, timers that have not fired, and pending requests. */
	alive(): Promise<{ threads: number; timers: number; requests: number }>;
	readonly http: {
		/** Makes the next request fail with this error, without sending it. */
		failNext(message: string, times?: number): Promise<void>;
		/** Turns HTTP on or off, or changes the limit, while the game runs. */
		configure(settings: {
			enabled?: boolean;
			requestLimit?: number;
			overLimit?: "fail" | "stall";
		}): Promise<void>;
	};
}

interface Report {
	readonly output: OutputLine[];
	readonly errors: ScriptError[];
	readonly ended: Array<{ id: number; value?: string; error?: string; trace?: string }>;
	readonly requests: OutgoingRequest[];
	readonly aborted: number[];
	readonly now: number;
	readonly nextTimer?: number;
	readonly counts: { threads: number; timers: number };
}

/** How long, in real time, `settle` waits for a response before it reports which request has none. */
const responseTimeoutMs = 10_000;

/** Roblox ends a server this long after it started closing. */
const closeSeconds = 30;

export async function startGameServer(options: GameServerOptions = {}): Promise<GameServer> {
	const server = new RunningGameServer(options, await openVm(options.longestStepSeconds ?? 20));
	await server.start(options.model ?? placelockModel());
	return server;
}

class RunningGameServer implements GameServer {
	readonly output: OutputLine[] = [];
	readonly errors: ScriptError[] = [];
	readonly requests: SentRequest[] = [];
	now = 0;

	readonly #options: GameServerOptions;
	readonly #vm: Vm;
	readonly #platform: Platform;
	readonly #realStart = performance.now();
	readonly #scripts = new Map<
		number,
		{ resolve: (value: unknown) => void; reject: (error: Error) => void }
	>();
	readonly #pending = new Map<
		number,
		{ request: SentRequest; abort: AbortController; done: Promise<void> }
	>();
	#steps: Promise<unknown> = Promise.resolve();
	#nextId = 1;
	#nextTimer: number | undefined;
	#nextTimerTimeout: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: GameServerOptions, vm: Vm) {
		this.#options = options;
		this.#vm = vm;
		this.#platform = {
			robloxId: String(options.placeId ?? 123456),
			userAgent: options.studio ? "RobloxStudio/WinInet" : "Roblox/Linux",
			hosts: options.hosts ?? {},
		};
	}

	async start(model: readonly ModelNode[]): Promise<void> {
		const options = this.#options;
		const chunks: Chunk[] = [];
		const secrets = Object.entries(options.secrets ?? {}).map(([name, secret]) => [
			name,
			typeof secret === "string" ? { value: secret, domain: "*" } : secret,
		]);
		await this.#step(
			asBytes({
				op: "start",
				placeId: options.placeId ?? 123456,
				gameId: options.gameId ?? 654321,
				jobId: options.jobId ?? (options.studio ? "" : "8d0e7a36-5f0c-4f7e-9a51-2f6f0f4c6b1d"),
				placeVersion: options.placeVersion ?? 1,
				privateServerId: options.privateServerId ?? "",
				studio: options.studio ?? false,
				client: options.client ?? false,
				httpEnabled: options.httpEnabled ?? true,
				requestLimit: options.requestLimit ?? 500,
				overLimit: options.overLimit ?? "fail",
				signals: options.signals ?? "deferred",
				startedAt: options.startedAt ?? Math.floor(Date.now() / 1000),
				secrets: Object.fromEntries(secrets),
				roots: model.map((root) => withChunks(root, "ServerScriptService", chunks)),
			}),
			chunks,
		);
	}

	run(source: string, ...args: unknown[]): Promise<unknown> {
		const id = this.#nextId++;
		const name = `Script${id}`;
		const chunk = `ServerScriptService.${name}`;
		const values = Object.fromEntries(args.map((value, index) => [String(index + 1), value]));
		return new Promise((resolve, reject) => {
			this.#scripts.set(id, { resolve, reject });
			// JSON would cut a list with holes, so arguments are passed by number.
			const command = { op: "run", id, name, chunk, args: { count: args.length, values } };
			this.#step(asBytes(command), [{ name: chunk, source }]).catch((error) => {
				this.#scripts.delete(id);
				reject(error);
			});
		});
	}

	async runToEnd(source: string, ...args: unknown[]): Promise<unknown> {
		if (this.#options.clock === "real") return this.run(source, ...args);
		let ended = false;
		const script = this.run(source, ...args).finally(() => {
			ended = true;
		});
		script.catch(() => undefined);
		const limit = this.now + 3600;
		await this.settle();
		while (!ended) {
			if (this.#nextTimer === undefined) throw new Error("the script waits for something that never happens");
			if (this.now >= limit) throw new Error("the script did not end within an hour on the server's clock");
			await this.#step({ op: "tick", limit });
			await this.settle();
		}
		return script;
	}

	async advance(seconds: number, { awaitHttp = true }: AdvanceOptions = {}): Promise<void> {
		if (this.#options.clock === "real") throw new Error("this server's clock is real: it cannot be moved");
		const target = this.now + seconds;
		do {
			if (awaitHttp) await this.settle();
			await this.#step({ op: "tick", limit: target });
		} while (this.now < target);
		if (awaitHttp) await this.settle();
	}

	async settle(): Promise<void> {
		await this.#steps;
		while (this.#pending.size > 0) {
			await this.#withResponseTimeout([...this.#pending.values()].map(({ done }) => done));
			await this.#steps;
		}
	}

	async alive(): Promise<{ threads: number; timers: number; requests: number }> {
		const { counts } = await this.#step({ op: "report" });
		return { ...counts, requests: this.#pending.size };
	}

	readonly http = {
		failNext: async (message: string, times = 1): Promise<void> => {
			for (let time = 0; time < times; time++) await this.#step(asBytes({ op: "fail", message }));
		},
		configure: async (settings: {
			enabled?: boolean;
			requestLimit?: number;
			overLimit?: "fail" | "stall";
		}): Promise<void> => {
			await this.#step({ op: "configure", ...settings });
		},
	};

	async close(): Promise<boolean> {
		if (this.#closed) return true;
		const id = this.#nextId++;
		const finished = new Promise<void>((resolve, reject) => {
			this.#scripts.set(id, { resolve: () => resolve(), reject });
		});
		finished.catch(() => undefined);
		await this.#step({ op: "close", id });
		if (this.#options.clock === "real") {
			await Promise.race([finished, realSeconds(closeSeconds)]);
		} else {
			const limit = this.now + closeSeconds;
			while (this.#scripts.has(id) && this.now < limit) {
				await Promise.race([this.settle(), finished]);
				if (this.#scripts.has(id)) await this.#step({ op: "tick", limit });
			}
		}
		const inTime = !this.#scripts.has(id);
		await this.#end(new Error("the game server closed"));
		await this.#vm.close();
		return inTime;
	}

	async #end(reason: Error): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#nextTimerTimeout);
		for (const { abort } of this.#pending.values()) abort.abort();
		for (const { reject } of this.#scripts.values()) reject(reason);
		this.#scripts.clear();
		await this.#steps;
	}

	/** Runs one command at a time: the VM runs until nothing can run any more, then reports. */
	#step(command: unknown, chunks: readonly Chunk[] = []): Promise<Report> {
		const step = this.#steps.then(async () => {
			if (this.#closed) throw new Error("the game server has closed");
			const now = this.#options.clock === "real" ? { now: (performance.now() - this.#realStart) / 1000 } : {};
			const text = await this.#vm.step(encodeWire({ ...(command as object), ...now }), chunks);
			const report = decodeWire(text) as Report;
			this.#apply(report);
			return report;
		});
		// If the VM itself fails, and not a script in it, it cannot be entered again.
		this.#steps = step.catch((error) => void this.#end(error));
		return step;
	}

	#apply(report: Report): void {
		this.now = report.now;
		this.#nextTimer = report.nextTimer;
		this.output.push(...(asText(report.output) as OutputLine[]));
		this.errors.push(...(asText(report.errors) as ScriptError[]));
		for (const id of report.aborted) this.#pending.get(id)?.abort.abort();
		for (const request of report.requests) this.#send(request);
		for (const { id, value, error, trace } of asText(report.ended) as Report["ended"]) {
			const script = this.#scripts.get(id);
			this.#scripts.delete(id);
			if (error === undefined) {
				script?.resolve(JSON.parse(value ?? "null"));
			} else {
				script?.reject(new Error(`${error}\n${trace ?? ""}`));
			}
		}
		this.#scheduleNextTimer();
	}

	#send(outgoing: OutgoingRequest): void {
		const sent: SentRequest = {
			method: outgoing.method,
			url: outgoing.url,
			headers: Object.fromEntries([...outgoing.headers].map(([name, value]) => [name.toLowerCase(), value])),
			body: Buffer.from(outgoing.body, "latin1").toString("utf8"),
			compressed: outgoing.compress,
			at: this.now,
		};
		this.requests.push(sent);
		const abort = new AbortController();
		const done = send(outgoing, this.#platform, abort.signal).then(async (outcome: Outcome) => {
			this.#pending.delete(outgoing.id);
			sent.outcome = "error" in outcome ? outcome.error : outcome.response.StatusCode;
			if (!this.#closed) await this.#step({ op: "respond", outcome: { id: outgoing.id, ...outcome } });
		});
		this.#pending.set(outgoing.id, { request: sent, abort, done });
	}

	/** With a real clock, enters the VM again when the next timer is due. */
	#scheduleNextTimer(): void {
		clearTimeout(this.#nextTimerTimeout);
		if (this.#options.clock !== "real" || this.#nextTimer === undefined || this.#closed) return;
		const milliseconds = Math.max(0, this.#nextTimer * 1000 - (performance.now() - this.#realStart));
		this.#nextTimerTimeout = setTimeout(
			() => void this.#step({ op: "report" }).catch(() => undefined),
			milliseconds,
		);
	}

	async #withResponseTimeout(responses: Promise<void>[]): Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		const timeout = new Promise<never>((_resolve, reject) => {
			timer = setTimeout(() => {
				const open = [...this.#pending.values()].map(({ request }) => `${request.method} ${request.url}`);
				reject(
					new Error(
						`no response after ${responseTimeoutMs / 1000} s: ${open.join(", ")}. To let the clock run past requests without a response, use advance(seconds, { awaitHttp: false })`,
					),
				);
			}, responseTimeoutMs);
		});
		try {
			await Promise.race([Promise.all(responses), timeout]);
		} finally {
			clearTimeout(timer);
		}
	}
}

function realSeconds(seconds: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, seconds * 1000).unref();
	});
}

/** The node in the form that the VM takes: each source is a chunk under its full name. */
function withChunks(node: ModelNode, parent: string, chunks: Chunk[]): object {
	const name = `${parent}.${node.name}`;
	if (node.source !== undefined) chunks.push({ name, source: node.source });
	return {
		name: node.name,
		className: node.className,
		...(node.source === undefined ? {} : { chunk: name }),
		children: node.children.map((child) => withChunks(child, name, chunks)),
	};
}
