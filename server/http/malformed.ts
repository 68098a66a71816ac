import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../shared/errors.js";
import { Problem } from "../core/problem.js";
import { normalizeAddress } from "../isomorphic/addresses.js";
import type { EndpointDeps } from "./endpointServer.js";
import { problemResponse, writeProblem } from "./response.js";

type Parts = Pick<EndpointDeps, "calls" | "addressOf" | "clock">;

/** How long a caller has to read the answer before the connection is cut, milliseconds. */
const readingMs = 2_000;

/**
 * Answers what Node would answer by itself, and in its own words: requests that
 * are not HTTP, too large, too slow or expect what nobody offers. The connection
 * is closed after it, because nobody knows where the next request would begin.
 *
 * See docs/decisions/0039-malformed-http-gets-a-problem.md
 */
export function respondToMalformed(server: Server, parts: Parts): void {
	server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
		if (socket.writableEnded) return;
		if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
		const response = responseUnderWay(socket);
		if (response?.headersSent) return void socket.destroy();
		// The request of this answer came whole, and the next one did not: it is answered, and nothing after it.
		if (response?.req.complete) response.shouldKeepAlive = false;
		else refuse(socket, new Problem(codes[error.code ?? ""] ?? "request_malformed"), parts);
	});
	server.on("checkExpectation", (request, response) => {
		refuseRequest(request, response, new Problem("expectation_failed"), parts);
	});
}

const codes: Readonly<Record<string, ErrorCode>> = {
	HPE_HEADER_OVERFLOW: "headers_too_large",
	ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** RFC 9112, section 3.2: a request of HTTP/1.1 without Host is to be refused. */
export function isMissingHost(request: IncomingMessage): boolean {
	return request.headers.host === undefined && request.httpVersionMinor === 1;
}

export function rejectWithoutHost(request: IncomingMessage, response: ServerResponse, parts: Parts): void {
	const detail = "The request has no Host header.";
	refuseRequest(request, response, new Problem("request_malformed", { detail }), parts);
}

function refuseRequest(
	request: IncomingMessage,
	response: ServerResponse,
	problem: Problem,
	parts: Parts,
): void {
	const requestId = randomUUID();
	response.shouldKeepAlive = false;
	writeProblem(response, requestId, problem);
	log(parts, requestId, problem, parts.addressOf(request));
}

/** There is no request that an answer could belong to, so it is written by hand. */
function refuse(socket: Duplex, problem: Problem, parts: Parts): void {
	const requestId = randomUUID();
	const { status, headers, json } = problemResponse(problem, requestId);
	const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
	for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
	lines.push(`Date: ${new Date(parts.clock.now()).toUTCString()}`, "Connection: close", "", json);
	socket.end(lines.join("\r\n"));
	// Closing on a caller who still sends would take the answer from it: what comes is thrown away for a while.
	const patience = setTimeout(() => socket.destroy(), readingMs);
	socket.once("end", () => socket.destroy());
	socket.once("close", () => clearTimeout(patience));
	socket.resume();
	const address = "remoteAddress" in socket ? String(socket.remoteAddress) : "";
	log(parts, requestId, problem, normalizeAddress(address));
}

/** The answer that a connection waits for. Node keeps it here, and looks for it in the same place. */
function responseUnderWay(socket: Duplex): ServerResponse | undefined {
	return Reflect.get(socket, "_httpMessage") ?? undefined;
}

function log({ calls }: Parts, requestId: string, problem: Problem, address: string): void {
	const { status } = problem.entry;
	calls.write({ requestId, endpoint: "none", status, code: problem.code, ms: 0, address });
}
