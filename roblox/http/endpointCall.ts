import type { Endpoint } from "../../shared/endpoint.js";
import type { ObjectShape, Shape } from "../../shared/schema.js";
import { type CallResult, type Failure, failed, invalidFailure, succeeded } from "../results.js";
import { toRobloxId } from "../robloxId.js";
import { encodeForAddress } from "./address.js";
import type { Json } from "./json.js";
import type { PreparedRequest } from "./preparedRequest.js";
import { protocolFailure } from "./response.js";
import { classifyThrown } from "./robloxErrors.js";
import type { HttpResponse } from "./transport.js";

/** What is wrong with a value, starting with its path; undefined if it fits the shape. */
type CheckShape = (shape: Shape, value: unknown) => string | undefined;

/** The input of a call, not yet checked against the contract. */
export interface CallInput {
	readonly params?: unknown;
	readonly query?: unknown;
	readonly body?: unknown;
}

/**
 * Adds the usual cause to a response that does not know the endpoint. Every
 * endpoint exists, so `url` is wrong, or a redirect from http to https turned POST
 * into GET.
 */
export function withUrlHint(failure: Failure): Failure {
	const { status, code, message } = failure.error;
	const codes = ["http_404", "http_405", "not_found", "method_not_allowed"];
	if ((status !== 404 && status !== 405) || !codes.includes(code)) return failure;
	return failed({
		...failure.error,
		message: `${message} Check url: it must use https if the server does, and end before /v1.`,
	});
}

/** Formats a number by hand: tostring would write a large ID as 1e+15. */
function formatValue(value: unknown): string {
	return typeIs(value, "number") ? (toRobloxId(value) ?? tostring(value)) : tostring(value);
}

function buildPath(endpoint: Endpoint, params: Record<string, unknown>): CallResult<string> {
	const segments = new Array<string>();
	for (const segment of endpoint.path.split("/")) {
		if (segment.sub(1, 1) !== ":") {
			segments.push(segment);
			continue;
		}
		const name = segment.sub(2);
		const value = formatValue(params[name]);
		// A dot segment survives percent-encoding and would lead to another endpoint.
		if (value === "." || value === "..") return invalidFailure(`params.${name} must not be "${value}".`);
		segments.push(encodeForAddress(value));
	}
	return succeeded(segments.join("/"));
}

function buildQuery(query: Record<string, unknown>): string {
	const parts = new Array<string>();
	for (const [name, value] of pairs(query)) {
		parts.push(`${encodeForAddress(tostring(name))}=${encodeForAddress(formatValue(value))}`);
	}
	return parts.isEmpty() ? "" : `?${parts.sort().join("&")}`;
}

/** Checks the input against the contract and prepares the request, or returns what is wrong with the input. */
export function prepareCall(
	endpoint: Endpoint,
	input: CallInput,
	json: Json,
	check: CheckShape,
): CallResult<PreparedRequest> {
	const parts: ReadonlyArray<readonly [string, ObjectShape | undefined, unknown]> = [
		["params", endpoint.params, input.params],
		["query", endpoint.query, input.query],
		["body", endpoint.body, input.body],
	];
	for (const [part, shape, value] of parts) {
		if (shape === undefined && value !== undefined) {
			return invalidFailure(`${endpoint.name} was not sent: it takes no ${part}.`);
		}
		const problem = shape !== undefined ? check(shape, value ?? {}) : undefined;
		if (problem !== undefined) {
			return invalidFailure(`${endpoint.name} was not sent: ${part} is invalid. ${problem}`);
		}
	}
	const path = buildPath(endpoint, (input.params ?? {}) as Record<string, unknown>);
	if (!path.ok) return path;
	const headers = new Map<string, string>();
	let body: string | undefined;
	if (endpoint.body !== undefined) {
		const encoded = json.encode(input.body ?? {});
		if ("thrown" in encoded) return failed(classifyThrown(encoded.thrown));
		body = encoded.text;
		headers.set("Content-Type", "application/json");
	}
	return succeeded({
		method: endpoint.method,
		path: path.value + buildQuery((input.query ?? {}) as Record<string, unknown>),
		headers,
		body,
		repeatable: endpoint.idempotent,
	});
}

/**
 * Reads a successful response and checks it against the contract. `T` is the
 * endpoint's output: the compiler cannot follow the check of the shape.
 */
export function readCallResponse<T>(
	endpoint: Endpoint,
	response: HttpResponse,
	json: Json,
	check: CheckShape,
): CallResult<T> {
	if (endpoint.response === undefined) return succeeded(undefined as T);
	if (response.body === "") return protocolFailure(response, "response_empty", "has no body");
	const value = json.decode(response.body);
	if (!typeIs(value, "table")) return protocolFailure(response, "response_not_json", "is not a JSON object");
	const problem = check(endpoint.response, value);
	if (problem !== undefined) {
		return protocolFailure(response, "response_shape", `is not a response of ${endpoint.name}: ${problem}`);
	}
	return succeeded(value as T);
}
