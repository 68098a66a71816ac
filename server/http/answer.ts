import type { ServerResponse } from "node:http";
import { PreparedJson } from "../handler.js";
import type { LimitReport, Problem } from "../problem.js";
import { problemBody } from "./problemBody.js";

/** Writes answers: JSON, and RFC 9457 problems. Every answer of the API goes through here. */

const constantHeaders = ["Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"];

export function writeJson(
	response: ServerResponse,
	status: number,
	requestId: string,
	answer: unknown,
	limits: readonly LimitReport[],
): void {
	const prepared = answer instanceof PreparedJson;
	const json = prepared ? answer.text : JSON.stringify(answer);
	const headers = [
		"Content-Type",
		"application/json; charset=utf-8",
		"Content-Length",
		String(prepared ? json.length : Buffer.byteLength(json)),
		"X-Request-Id",
		requestId,
		...constantHeaders,
	];
	if (limits.length > 0) headers.push(...limitHeaders(limits));
	response.writeHead(status, headers);
	response.end(json, prepared ? "latin1" : "utf8");
}

export function writeEmpty(
	response: ServerResponse,
	requestId: string,
	limits: readonly LimitReport[],
): void {
	response.writeHead(204, ["X-Request-Id", requestId, ...constantHeaders, ...limitHeaders(limits)]);
	response.end();
}

/** Answers OPTIONS, RFC 9110, section 9.3.7. */
export function writeAllow(response: ServerResponse, requestId: string, allow: string): void {
	response.writeHead(204, ["Allow", allow, "X-Request-Id", requestId, ...constantHeaders]);
	response.end();
}

export function writeProblem(response: ServerResponse, requestId: string, problem: Problem): void {
	const { code, entry, details } = problem;
	const json = JSON.stringify(problemBody(problem, requestId));
	const headers = [
		"Content-Type",
		"application/problem+json",
		"Content-Length",
		String(Buffer.byteLength(json)),
		"X-Request-Id",
		requestId,
		...constantHeaders,
		...limitHeaders(details.limits ?? []),
	];
	if (entry.status === 401) headers.push("WWW-Authenticate", challenge(code));
	if (details.retryAfterSeconds !== undefined) headers.push("Retry-After", String(details.retryAfterSeconds));
	if (details.allow !== undefined) headers.push("Allow", details.allow);
	response.writeHead(entry.status, headers);
	response.end(json);
}

/** RFC 6750, section 3: no error code when no token was sent. */
function challenge(code: string): string {
	return code === "auth_missing"
		? 'Bearer realm="placelock"'
		: 'Bearer realm="placelock", error="invalid_token"';
}

/** RateLimit and RateLimit-Policy, draft-ietf-httpapi-ratelimit-headers. */
function limitHeaders(limits: readonly LimitReport[]): string[] {
	if (limits.length === 0) return [];
	const policy = limits.map((limit) => `"${limit.name}";q=${limit.limit};w=${limit.windowSeconds}`);
	const left = limits.map((limit) => `"${limit.name}";r=${limit.remaining};t=${limit.resetSeconds}`);
	return ["RateLimit-Policy", policy.join(", "), "RateLimit", left.join(", ")];
}
