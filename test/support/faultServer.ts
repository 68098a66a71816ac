import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What the server does with one request. */
export type Fault =
	| Answer
	/** Never responds. */
	| "hang"
	/** Closes the connection without a response. */
	| "drop"
	/** Closes the connection in the middle of the body. */
	| "cut";

export interface Answer {
	readonly status: number;
	/** Text and bytes are sent as they are, anything else as JSON; absent: no body. */
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sends the headers, then the body byte by byte, taking this many real milliseconds. */
	readonly slowMs?: number;
}

export interface ReceivedRequest {
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	/** Names in lower case. */
	readonly headers: IncomingMessage["headers"];
	/** As it came over the wire: still compressed, if it was. */
	readonly raw: Buffer;
}

/**
 * A backend that misbehaves as the test decides: first what `next` has queued, one
 * per request, then what `always` was given last.
 *
 * ```ts
 * const faults = await startFaultServer();
 * faults.next(answers.retryAfter(2), "drop");
 * faults.always(answers.json({ ok: true }));
 * ```
 */
export interface FaultServer {
	readonly url: string;
	readonly received: readonly ReceivedRequest[];
	next(...faults: Fault[]): void;
	always(fault: Fault | ((request: ReceivedRequest) => Fault)): void;
	/** Stops listening, so that connections are refused, until `listen`. Closes open connections. */
	refuse(): Promise<void>;
	/** Listens again, on the same port. */
	listen(): Promise<void>;
	close(): Promise<void>;
}

/** The usual ways in which a backend fails. */
export const answers = {
	json: (body: unknown, status = 200): Answer => ({ status, body }),
	empty: (status = 200): Answer => ({ status }),
	html: (status = 200): Answer => ({
		status,
		body: "<!doctype html><title>Welcome</title>",
		headers: { "content-type": "text/html" },
	}),
	retryAfter: (seconds: number, status = 429): Answer => ({
		status,
		headers: { "retry-after": String(seconds) },
	}),
	/** Retry-After as an HTTP date. */
	retryAt: (date: Date, status = 429): Answer => ({
		status,
		headers: { "retry-after": date.toUTCString() },
	}),
	redirect: (location: string, status = 302): Answer => ({ status, headers: { location } }),
};

export async function startFaultServer(): Promise<FaultServer> {
	const received: ReceivedRequest[] = [];
	const queue: Fault[] = [];
	let usual: Fault | ((request: ReceivedRequest) => Fault) = answers.json({});
	const server = createServer(async (request, response) => {
		const one = await receive(request);
		received.push(one);
		give(queue.shift() ?? (typeof usual === "function" ? usual(one) : usual), response);
	});
	const port = await listenOn(server, 0);
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		next: (...faults) => void queue.push(...faults),
		always: (fault) => {
			usual = fault;
		},
		refuse: () => stop(server),
		listen: async () => void (await listenOn(server, port)),
		close: () => stop(server),
	};
}

function listenOn(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", () => {
			server.off("error", reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

function stop(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { method = "", url = "", headers } = request;
	return { method, path: url, headers, raw: Buffer.concat(chunks) };
}

function give(fault: Fault, response: ServerResponse): void {
	if (fault === "hang") return;
	if (fault === "drop") {
		response.socket?.destroy();
	} else if (fault === "cut") {
		response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
		response.write('{"workspace":', () => response.socket?.destroy());
	} else {
		answer(fault, response);
	}
}

function answer({ status, body, headers = {}, slowMs }: Answer, response: ServerResponse): void {
	const bytes = bytesOf(body);
	const type = bytes.length > 0 ? { "content-type": "application/json" } : {};
	response.writeHead(status, { ...type, ...headers });
	if (slowMs === undefined || bytes.length === 0) {
		response.end(bytes);
		return;
	}
	let sent = 0;
	const started = performance.now();
	const timer = setInterval(() => {
		const due = Math.floor(((performance.now() - started) / slowMs) * bytes.length);
		response.write(bytes.subarray(sent, due));
		sent = Math.max(sent, due);
		if (sent < bytes.length) return;
		clearInterval(timer);
		response.end();
	}, 5);
	(response.socket as Socket).once("close", () => clearInterval(timer));
}

function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body === undefined) return Buffer.alloc(0);
	return Buffer.from(typeof body === "string" ? body : JSON.stringify(body), "utf8");
}
