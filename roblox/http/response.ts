import { errorEntry } from "../../shared/errorEntry.js";
import { type CallError, type ErrorKind, type Failure, failed } from "../results.js";
import { findHeader } from "./headers.js";
import type { Json } from "./json.js";
import { readRetryAfter } from "./retryAfter.js";
import type { Answer } from "./transport.js";

/** A day, in seconds: a server that asks for more by mistake must not silence a game server for good. */
const longestRetryAfter = 86_400;

/** The kind of an answer by its status alone, so that codes of a newer server fall where they belong. */
function kindOfStatus(status: number): ErrorKind {
	if (status === 401 || status === 403) return "denied";
	// The server, or a proxy before it, gave up waiting for the request: the same as no answer.
	if (status === 408) return "network";
	if (status === 429) return "limited";
	if (status >= 500 && status <= 599) return "server";
	if (status >= 400 && status <= 499) return "invalid";
	return "protocol";
}

/** What to say of an answer that did not come from Placelock: a proxy, a firewall, another site. */
function strangersMessage(status: number, kind: ErrorKind): string {
	const what = `The answer was HTTP ${status}, and it did not say why in the way Placelock does`;
	if (kind === "server") return `${what}: the server, or a proxy before it, is failing. Try again later.`;
	if (kind === "limited")
		return `${what}: something before the server limits requests. Send less, or raise that limit.`;
	if (kind === "network") return `${what}: it took too long. Try again.`;
	if (kind === "denied")
		return `${what}: a firewall or a proxy before the server may have refused it. Check what stands at url.`;
	if (status >= 300 && status <= 399) return `${what}: it is a redirect. Set url to the address it leads to.`;
	return `${what}. Check url, and the path after it.`;
}

function textField(problem: Record<string, unknown>, name: string, longest: number): string | undefined {
	const value = problem[name];
	return typeIs(value, "string") && value !== "" ? value.sub(1, longest) : undefined;
}

function asSentence(text: string): string {
	return text.match("[%.!?]$")[0] !== undefined ? text : `${text}.`;
}

/** The first few of a validation problem's `{path, message}`. */
function listedFaults(problem: Record<string, unknown>): string {
	const listed = problem.errors;
	if (!typeIs(listed, "table")) return "";
	const parts = new Array<string>();
	for (const fault of listed as ReadonlyArray<unknown>) {
		if (!typeIs(fault, "table") || parts.size() >= 3) continue;
		const { path, message } = fault as { path?: unknown; message?: unknown };
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
		`The server answered ${status}`;
	const fix = entry !== undefined ? ` ${entry.fix}` : "";
	return `${asSentence(`${happened}${listedFaults(problem)}`)}${fix}`;
}

/** An answer that is not one the contract allows; `why` follows "The answer". */
export function protocolFailure(answer: Answer, code: string, why: string): Failure {
	return failed({
		kind: "protocol",
		code,
		message: `The answer ${why}. Check that url is the address of a Placelock server, and that nothing between changes its answers.`,
		status: answer.status,
		requestId: findHeader(answer.headers, "X-Request-Id")?.sub(1, 128),
	});
}

/** Turns an answer that is not a success into an error, from its problem document (RFC 9457) if it has one. */
export function failureOfAnswer(answer: Answer, json: Json, unixNow: number): Failure {
	const { status, headers } = answer;
	const kind = kindOfStatus(status);
	const decoded = json.decode(answer.body);
	const problem = typeIs(decoded, "table") ? (decoded as Record<string, unknown>) : {};
	const said = problem.code;
	const isCode = typeIs(said, "string") && said.size() <= 64 && said.match("^%a[%w_%.%-]*$")[0] !== undefined;
	const code = isCode ? (said as string) : `http_${status}`;
	const retryAfter = readRetryAfter(findHeader(headers, "Retry-After"), findHeader(headers, "Date"), unixNow);
	const fault: Omit<CallError, "attempts"> = {
		kind,
		code,
		message: isCode ? describeProblem(problem, code, status) : strangersMessage(status, kind),
		status,
		requestId: textField(problem, "requestId", 128) ?? findHeader(headers, "X-Request-Id")?.sub(1, 128),
		retryAfterSeconds: retryAfter !== undefined ? math.min(longestRetryAfter, retryAfter) : undefined,
	};
	return failed(fault);
}
