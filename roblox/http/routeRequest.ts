import { inspect } from "../inspect.js";
import { type CallResult, failed, invalidFailure, succeeded } from "../results.js";
import { validatePath } from "./address.js";
import { findHeader } from "./headers.js";
import type { Json } from "./json.js";
import type { PreparedRequest } from "./preparedRequest.js";
import { classifyThrown } from "./robloxErrors.js";
import type { HttpMethod, HttpResponse } from "./transport.js";

/** A request to one of your own routes, on the same server and with the same key. */
export interface RouteRequest {
	/** Default GET. */
	readonly method?: HttpMethod;
	/** Starts with "/" and is appended to `url`. May include a query. */
	readonly path: string;
	/** Any value that JSON can hold. Not allowed with GET or HEAD. */
	readonly body?: unknown;
	/** Whether to send the request again after a failure. Default true for GET and HEAD, false otherwise. */
	readonly idempotent?: boolean;
	/** Extra headers. With an `Idempotency-Key` header, the request is sent again after a failure too. */
	readonly headers?: { readonly [name: string]: string };
}

export interface RouteResponse {
	readonly status: number;
	/** The decoded value if the response is JSON, otherwise the text. */
	readonly body: unknown;
	readonly headers: { readonly [name: string]: string };
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const fields = ["method", "path", "body", "idempotent", "headers"];
/** The headers that carry the key. Only the module sets them. */
const keyHeaders = ["authorization", "x-api-key"];

function validateHeaders(headers: unknown): string | undefined {
	if (!typeIs(headers, "table")) return "headers: expected a table of names and strings.";
	for (const [name, value] of pairs(headers as Record<string, unknown>)) {
		if (!typeIs(name, "string") || name.match("^[%w!#$%%&'*+%-.^_`|~]+$")[0] === undefined) {
			return `headers: ${inspect(name)} is not a valid header name.`;
		}
		if (keyHeaders.includes(name.lower())) {
			return `headers: ${name} carries the key and is set by the module.`;
		}
		if (!typeIs(value, "string") || value.match("[%c]")[0] !== undefined) {
			return `headers: ${inspect(name)} must be a string without line breaks.`;
		}
	}
	return undefined;
}

function validateRequest(request: RouteRequest): string | undefined {
	if (!typeIs(request, "table")) {
		return `expected a table such as { method = "GET", path = "/shop" }, got ${inspect(request)}. Call it with a colon: placelock:request({ … }).`;
	}
	for (const [name] of pairs(request as unknown as Record<string, unknown>)) {
		if (!fields.includes(name)) {
			return `${inspect(name)}: unknown field. The fields are ${fields.join(", ")}.`;
		}
	}
	const method = request.method ?? "GET";
	if (!methods.includes(method)) return `method: expected one of ${methods.join(", ")}.`;
	const pathProblem = typeIs(request.path, "string") ? validatePath(request.path) : "must be a string";
	if (pathProblem !== undefined) return `path: ${pathProblem}.`;
	if (request.body !== undefined && (method === "GET" || method === "HEAD")) {
		return `body: not allowed with ${method}. Put parameters into the path.`;
	}
	if (request.idempotent !== undefined && !typeIs(request.idempotent, "boolean")) {
		return "idempotent: expected true or false.";
	}
	return request.headers !== undefined ? validateHeaders(request.headers) : undefined;
}

/** Validates the request and prepares it, or returns what is wrong with it. */
export function prepareRouteRequest(request: RouteRequest, json: Json): CallResult<PreparedRequest> {
	const problem = validateRequest(request);
	if (problem !== undefined) return invalidFailure(`The request was not sent: ${problem}`);
	const method = request.method ?? "GET";
	const headers = new Map<string, string>();
	for (const [name, value] of pairs(request.headers ?? {})) headers.set(name as string, value);
	let body: string | undefined;
	if (request.body !== undefined) {
		const encoded = json.encode(request.body);
		if ("thrown" in encoded) return failed(classifyThrown(encoded.thrown));
		body = encoded.text;
		if (findHeader(request.headers ?? {}, "Content-Type") === undefined) {
			headers.set("Content-Type", "application/json");
		}
	}
	const hasIdempotencyKey = findHeader(request.headers ?? {}, "Idempotency-Key") !== undefined;
	return succeeded({
		method,
		path: request.path,
		headers,
		body,
		repeatable: (request.idempotent ?? (method === "GET" || method === "HEAD")) || hasIdempotencyKey,
	});
}

/** Reads a successful response. The contract does not cover these routes, so the body is returned as it came. */
export function readRouteResponse(response: HttpResponse, json: Json): CallResult<RouteResponse> {
	const mediaType = (findHeader(response.headers, "Content-Type") ?? "").lower();
	const isJson = mediaType.match("^%s*application/[%w%.%+%-]*json")[0] !== undefined;
	const body = isJson ? (json.decode(response.body) ?? response.body) : response.body;
	return succeeded({ status: response.status, body, headers: response.headers });
}
