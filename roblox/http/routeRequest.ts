import { show } from "../inspect.js";
import { type CallResult, failed, invalidFailure, succeeded } from "../results.js";
import { faultOfPath } from "./address.js";
import { findHeader } from "./headers.js";
import type { Json } from "./json.js";
import type { Outgoing } from "./preparedRequest.js";
import { classify } from "./robloxErrors.js";
import type { Answer, HttpMethod } from "./transport.js";

/** A request to a route of the operator's own, on the same server and under the same key. */
export interface RouteRequest {
	/** GET when left out. */
	readonly method?: HttpMethod;
	/** Begins with "/" and goes after `url`; may have a query. */
	readonly path: string;
	/** Anything JSON can hold. Not with GET or HEAD. */
	readonly body?: unknown;
	/** Whether it may be sent again when it fails; only GET and HEAD are unless you say so. */
	readonly idempotent?: boolean;
	/** More headers. With `Idempotency-Key` the request may be sent again as well. */
	readonly headers?: { readonly [name: string]: string };
}

export interface RouteAnswer {
	readonly status: number;
	/** Decoded when the answer is JSON, otherwise the text. */
	readonly body: unknown;
	readonly headers: { readonly [name: string]: string };
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const fields = ["method", "path", "body", "idempotent", "headers"];
/** Headers that carry the key, and are the module's to set. */
const ownHeaders = ["authorization", "x-api-key"];

function faultOfHeaders(headers: unknown): string | undefined {
	if (!typeIs(headers, "table")) return "headers: wanted a table of names and texts.";
	for (const [name, value] of pairs(headers as Record<string, unknown>)) {
		if (!typeIs(name, "string") || name.match("^[%w!#$%%&'*+%-.^_`|~]+$")[0] === undefined) {
			return `headers: ${show(name)} is not the name of a header.`;
		}
		if (ownHeaders.includes(name.lower()))
			return `headers: ${name} carries the key, and is set by the module.`;
		if (!typeIs(value, "string") || value.match("[%c]")[0] !== undefined) {
			return `headers: ${show(name)} must be a text without line ends.`;
		}
	}
	return undefined;
}

function faultOfRequest(request: RouteRequest): string | undefined {
	if (!typeIs(request, "table"))
		return `wanted a table such as { method = "GET", path = "/shop" }, got ${show(request)}. Call it with a colon: placelock:request({ … }).`;
	for (const [name] of pairs(request as unknown as Record<string, unknown>)) {
		if (!fields.includes(name))
			return `${show(name)}: there is no such field; there are ${fields.join(", ")}.`;
	}
	const method = request.method ?? "GET";
	if (!methods.includes(method)) return `method: wanted one of ${methods.join(", ")}.`;
	const pathFault = typeIs(request.path, "string") ? faultOfPath(request.path) : "must be a text";
	if (pathFault !== undefined) return `path: ${pathFault}.`;
	if (request.body !== undefined && (method === "GET" || method === "HEAD")) {
		return `body: a ${method} request has none; put what it asks for into the path.`;
	}
	if (request.idempotent !== undefined && !typeIs(request.idempotent, "boolean")) {
		return "idempotent: wanted true or false.";
	}
	return request.headers !== undefined ? faultOfHeaders(request.headers) : undefined;
}

/** Checks the request and composes it, or says what is wrong with it. */
export function composeRoute(request: RouteRequest, json: Json): CallResult<Outgoing> {
	const fault = faultOfRequest(request);
	if (fault !== undefined) return invalidFailure(`The request was not sent: ${fault}`);
	const method = request.method ?? "GET";
	const headers = new Map<string, string>();
	for (const [name, value] of pairs(request.headers ?? {})) headers.set(name as string, value);
	let body: string | undefined;
	if (request.body !== undefined) {
		const encoded = json.encode(request.body);
		if ("thrown" in encoded) return failed(classify(encoded.thrown));
		body = encoded.text;
		if (findHeader(request.headers ?? {}, "Content-Type") === undefined) {
			headers.set("Content-Type", "application/json");
		}
	}
	const carriesIdempotencyKey = findHeader(request.headers ?? {}, "Idempotency-Key") !== undefined;
	return succeeded({
		method,
		path: request.path,
		headers,
		body,
		repeatable: (request.idempotent ?? (method === "GET" || method === "HEAD")) || carriesIdempotencyKey,
	});
}

/** Reads a successful answer: the contract knows nothing of these routes, so what came is what is given. */
export function readRouteAnswer(answer: Answer, json: Json): CallResult<RouteAnswer> {
	const mediaType = (findHeader(answer.headers, "Content-Type") ?? "").lower();
	const isJson = mediaType.match("^%s*application/[%w%.%+%-]*json")[0] !== undefined;
	const body = isJson ? (json.decode(answer.body) ?? answer.body) : answer.body;
	return succeeded({ status: answer.status, body, headers: answer.headers });
}
