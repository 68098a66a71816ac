import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../shared/errors.js";
import { Problem } from "../core/problem.js";
import { normalizeAddress } from "../isomorphic/addresses.js";
import type { EndpointDeps } from "./endpointDeps.js";
import { problemResponse, writeProblem } from "./response.js";

export type MalformedDeps = Pick<EndpointDeps, "accessLog" | "addressOf" | "clock">;

/** How long a caller may take to read the response before the connection is cut, milliseconds. */
const readTimeoutMs = 2_000;

/**
 * Responds with problems where Node would respond in its own format: to requests
 * that are not HTTP, too large or too slow, or that expect something the server
 * does not support. The connection is closed afterwards, because it is unclear
 * where the next request would start.
 *
 * See docs/decisions/0039-malformed-http-gets-a-problem.md
 */
export function respondToMalformed(server: Server, deps: MalformedDeps): void {
	server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
		if (socket.writableEnded) return;
		if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
		const response = pendingResponse(socket);
		if (response?.headersSent) return void socket.destroy();
		// The request of this response arrived whole; the one after it is malformed. Respond to the first, then close.
		if (response?.req.complete) response.shouldKeepAlive = false;
		else rejectSocket(socket, new Problem(codes[error.code ?? ""] ?? "request_malformed"), deps);
	});
	server.on("checkExpectation", (request, response) => {
		rejectRequest(request, response, new Problem("expectation_failed"), deps);
	});
}

const codes: Readonly<Record<string, ErrorCode>> = {
	HPE_HEADER_OVERFLOW: "headers_too_large",
	ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** RFC 9112, section 3.2: a server must reject an HTTP/1.1 request without Host. */
export function isMissingHost(request: IncomingMessage): boolean {
	return request.headers.host === undefined && request.httpVersionMinor === 1;
}

export function rejectMissingHost(
	request: IncomingMessage,
	response: ServerResponse,
	deps: MalformedDeps,
): void {
	const detail = "The request has no Host header.";
	rejectRequest(request, response, new Problem("request_malformed", { detail }), deps);
}

function rejectRequest(
	request: IncomingMessage,
	response: ServerResponse,
	problem: Problem,
	deps: MalformedDeps,
): void {
	const requestId = randomUUID();
	response.shouldKeepAlive = false;
	writeProblem(response, requestId, problem);
	log(deps, requestId, problem, deps.addressOf(request));
}

/** Node has parsed no request here and offers no response object, so the response is written to the socket. */
function rejectSocket(socket: Duplex, problem: Problem, deps: MalformedDeps): void {
	const requestId = randomUUID();
	const { status, headers, json } = problemResponse(problem, requestId);
	const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
	for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
	lines.push(`Date: ${new Date(deps.clock.now()).toUTCString()}`, "Connection: close", "", json);
	socket.end(lines.join("\r\n"));
	// Closing while the caller still sends would discard the response, so what arrives is read and ignored for a while.
	const timeout = setTimeout(() => socket.destroy(), readTimeoutMs);
	socket.once("end", () => socket.destroy());
	socket.once("close", () => clearTimeout(timeout));
	socket.resume();
	const address = "remoteAddress" in socket ? String(socket.remoteAddress) : "";
	log(deps, requestId, problem, normalizeAddress(address));
}

/** The response that a connection is waiting for. Node keeps it in this property, and reads it from there itself. */
function pendingResponse(socket: Duplex): ServerResponse | undefined {
	return Reflect.get(socket, "_httpMessage") ?? undefined;
}

function log({ accessLog }: MalformedDeps, requestId: string, problem: Problem, address: string): void {
	const { status } = problem.entry;
	accessLog.write({ requestId, endpoint: "none", status, code: problem.code, ms: 0, address });
}
