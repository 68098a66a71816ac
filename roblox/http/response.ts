import { errorEntry } from "../../shared/errorEntry.js";
import { type CallError, type ErrorKind, type Failure, failed } from "../results.js";
import { findHeader } from "./headers.js";
import type { Json } from "./json.js";
import { readRetryAfter } from "./retryAfter.js";
import type { HttpResponse } from "./transport.js";

/** One day: a server that asks for more by mistake must not silence a game server for good. */
const maxRetryAfterSeconds = 86_400;

/** The kind of a failure, from its status alone, so that codes of a newer server get the right kind too. */
function kindOfStatus(status: number): ErrorKind {
	if (status === 401 || status === 403) return "denied";
	// The server, or a proxy in front of it, stopped waiting for the request: the same as no response.
	if (status === 408) return "network";
	if (status === 429) return "limited";
	if (status >= 500 && status <= 599) return "server";
	if (status >= 400 && status <= 499) return "invalid";
	return "protocol";
}

/** The message for a response that did not come from Placelock but from a proxy, a firewall or another site. */
function foreignResponseMessage(status: number, kind: ErrorKind): string {
	const received = `The response was HTTP ${status} without a Placelock error`;
	if (kind === "server") return `${received}: the server or a proxy in front of it failed. Try again later.`;
	if (kind === "limited") {
		return `${received}: something in front of the server limits requests. Send fewer, or raise that limit.`;
	}
	if (kind === "network") return `${received}: the request timed out. Try again.`;
	if (kind === "denied") {
		return `${received}: a firewall or proxy in front of the server may have blocked the request. Check what is at url.`;
	}
	if (status >= 300 && status <= 399) {
		return `${received}: it is a redirect. Set url to the address it redirects to.`;
	}
	return `${received}. Check url and the path of the request.`;
}

function textField(problem: Record<string, unknown>, name: string, maxLength: number): string | undefined {
	const value = problem[name];
	return typeIs(value, "string") && value !== "" ? value.sub(1, maxLength) : undefined;
}

function asSentence(text: string): string {
	return text.match("[%.!?]$")[0] !== undefined ? text : `${text}.`;
}

/** The first three entries of a validation problem's `errors`, each `{ path, message }`. */
function fieldErrors(problem: Record<string, unknown>): string {
	const listed = problem.errors;
	if (!typeIs(listed, "table")) return "";
	const parts = new Array<string>();
	for (const entry of listed as ReadonlyArray<unknown>) {
		if (!typeIs(entry, "table") || parts.size() >= 3) continue;
		const { path, message } = entry as { path?: unknown; message?: unknown };
		if (typeIs(message, "string")) parts.push(typeIs(path, "string") ? `${path}: ${message}` : message);
	}
	return parts.isEmpty() ? "" : ` (${parts.join("; ").sub(1, 500)})`;
}

function describeProblem(problem: Record<string, unknown>, code: string, status: number): string {
	const entry = errorEntry(code);
	const happened =
		textField(problem, "detail", 500) ??
		textField(problem, "title", 200) ??
		entry?.title ??
		`The server returned ${status}`;
	const fix = entry !== undefined ? ` ${entry.fix}` : "";
	return `${asSentence(`${happened}${fieldErrors(problem)}`)}${fix}`;
}

/** The failure for a response that the contract does not allow. `reason` follows "The response". */
export function protocolFailure(response: HttpResponse, code: string, reason: string): Failure {
	return failed({
		kind: "protocol",
		code,
		message: `The response ${reason}. Check that url is the address of a Placelock server and that nothing in between changes its responses.`,
		status: response.status,
		requestId: findHeader(response.headers, "X-Request-Id")?.sub(1, 128),
	});
}

/** Turns a response that is not a success into a failure, using its problem document (RFC 9457) if it has one. */
export function failureFromResponse(response: HttpResponse, json: Json, unixNow: number): Failure {
	const { status, headers } = response;
	const kind = kindOfStatus(status);
	const decoded = json.decode(response.body);
	const problem = typeIs(decoded, "table") ? (decoded as Record<string, unknown>) : {};
	const givenCode = problem.code;
	const isCode =
		typeIs(givenCode, "string") &&
		givenCode.size() <= 64 &&
		givenCode.match("^%a[%w_%.%-]*$")[0] !== undefined;
	const code = isCode ? (givenCode as string) : `http_${status}`;
	const retryAfter = readRetryAfter(findHeader(headers, "Retry-After"), findHeader(headers, "Date"), unixNow);
	const err: Omit<CallError, "attempts"> = {
		kind,
		code,
		message: isCode ? describeProblem(problem, code, status) : foreignResponseMessage(status, kind),
		status,
		requestId: textField(problem, "requestId", 128) ?? findHeader(headers, "X-Request-Id")?.sub(1, 128),
		retryAfterSeconds: retryAfter !== undefined ? math.min(maxRetryAfterSeconds, retryAfter) : undefined,
	};
	return failed(err);
}
