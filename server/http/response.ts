import type { ServerResponse } from "node:http";
import { PreparedJson } from "../api/results.js";
import type { LimitReport, Problem } from "../core/problem.js";
import { problemBody } from "./problemBody.js";

/** Writes responses: JSON and RFC 9457 problems. Every response of the API is written here. */

const constantHeaders = ["Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"];

export function writeJson(
	response: ServerResponse,
	status: number,
	requestId: string,
	body: unknown,
	limits: readonly LimitReport[],
): void {
	const prepared = body instanceof PreparedJson;
	const json = prepared ? body.text : JSON.stringify(body);
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

/** The headers of every response. */
export function headersOf(requestId: string, limits: readonly LimitReport[]): string[] {
	return ["X-Request-Id", requestId, ...constantHeaders, ...limitHeaders(limits)];
}

export function writeEmpty(
	response: ServerResponse,
	requestId: string,
	limits: readonly LimitReport[],
): void {
	response.writeHead(204, headersOf(requestId, limits));
	response.end();
}

/** The response to OPTIONS, RFC 9110, section 9.3.7. */
export function writeAllow(response: ServerResponse, requestId: string, allow: string): void {
	response.writeHead(204, ["Allow", allow, "X-Request-Id", requestId, ...constantHeaders]);
	response.end();
}

export function writeProblem(response: ServerResponse, requestId: string, problem: Problem): void {
	const { status, headers, json } = problemResponse(problem, requestId);
	response.writeHead(status, headers);
	response.end(json);
}

/** A problem as a response: its status, its headers as alternating names and values, and its body. */
export function problemResponse(
	problem: Problem,
	requestId: string,
): { readonly status: number; readonly headers: string[]; readonly json: string } {
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
	return { status: entry.status, headers, json };
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
	const remaining = limits.map((limit) => `"${limit.name}";r=${limit.remaining};t=${limit.resetSeconds}`);
	return ["RateLimit-Policy", policy.join(", "), "RateLimit", remaining.join(", ")];
}
