import type { Endpoint } from "../../shared/endpoint.js";
import type { ObjectShape, Shape } from "../../shared/schema.js";
import { type CallResult, type Failure, failed, invalidFailure, succeeded } from "../results.js";
import { toRobloxId } from "../robloxId.js";
import { encodeForAddress } from "./address.js";
import type { Json } from "./json.js";
import type { Outgoing } from "./preparedRequest.js";
import { protocolFailure } from "./response.js";
import { classify } from "./robloxErrors.js";
import type { Answer } from "./transport.js";

/** What is wrong with a value, its path in front; undefined when it fits the shape. */
export type CheckShape = (shape: Shape, value: unknown) => string | undefined;

/** What is sent, before the contract has been asked whether it may be. */
export interface CallInput {
	readonly params?: unknown;
	readonly query?: unknown;
	readonly body?: unknown;
}

export interface CallOptions {
	/** Makes the call safe to repeat: the server does it once for each key (`Idempotency-Key`). */
	readonly idempotencyKey?: string;
}

/**
 * Says of an answer that knows no such endpoint where the cause usually lies:
 * a redirect from http to https turns POST into GET, and every endpoint exists.
 */
export function doubtAddress(failure: Failure): Failure {
	const { status, code, message } = failure.error;
	const codes = ["http_404", "http_405", "not_found", "method_not_allowed"];
	if ((status !== 404 && status !== 405) || !codes.includes(code)) return failure;
	return failed({ ...failure.error, message: `${message} Check url: https, and without /v1.` });
}

/** Numbers are written out: tostring would make 1e+15 of a large id. */
function textOf(value: unknown): string {
	return typeIs(value, "number") ? (toRobloxId(value) ?? tostring(value)) : tostring(value);
}

function fillPath(endpoint: Endpoint, params: Record<string, unknown>): CallResult<string> {
	const segments = new Array<string>();
	for (const segment of endpoint.path.split("/")) {
		if (segment.sub(1, 1) !== ":") {
			segments.push(segment);
			continue;
		}
		const name = segment.sub(2);
		const value = textOf(params[name]);
		// A dot segment survives percent-encoding and would lead to another endpoint.
		if (value === "." || value === "..") return invalidFailure(`params.${name} cannot be "${value}".`);
		segments.push(encodeForAddress(value));
	}
	return succeeded(segments.join("/"));
}

function queryText(query: Record<string, unknown>): string {
	const parts = new Array<string>();
	for (const [name, value] of pairs(query)) {
		parts.push(`${encodeForAddress(tostring(name))}=${encodeForAddress(textOf(value))}`);
	}
	return parts.isEmpty() ? "" : `?${parts.sort().join("&")}`;
}

/** Checks the input against the contract and composes the request, or says what is wrong with it. */
export function composeCall(
	endpoint: Endpoint,
	input: CallInput,
	options: CallOptions,
	json: Json,
	check: CheckShape,
): CallResult<Outgoing> {
	const parts: ReadonlyArray<readonly [string, ObjectShape | undefined, unknown]> = [
		["params", endpoint.params, input.params],
		["query", endpoint.query, input.query],
		["body", endpoint.body, input.body],
	];
	for (const [part, shape, value] of parts) {
		if (shape === undefined && value !== undefined)
			return invalidFailure(`${endpoint.name} was not sent: it takes no ${part}.`);
		const fault = shape !== undefined ? check(shape, value ?? {}) : undefined;
		if (fault !== undefined)
			return invalidFailure(`${endpoint.name} was not sent: ${part} is wrong. ${fault}`);
	}
	const path = fillPath(endpoint, (input.params ?? {}) as Record<string, unknown>);
	if (!path.ok) return path;
	const headers = new Map<string, string>();
	let body: string | undefined;
	if (endpoint.body !== undefined) {
		const encoded = json.encode(input.body ?? {});
		if ("thrown" in encoded) return failed(classify(encoded.thrown));
		body = encoded.text;
		headers.set("Content-Type", "application/json");
	}
	if (options.idempotencyKey !== undefined) headers.set("Idempotency-Key", options.idempotencyKey);
	return succeeded({
		method: endpoint.method,
		path: path.value + queryText((input.query ?? {}) as Record<string, unknown>),
		headers,
		body,
		repeatable: endpoint.idempotent || options.idempotencyKey !== undefined,
	});
}

/**
 * Reads a successful answer, which is trusted no further than the contract
 * reaches. `T` is the endpoint's output: the shape has been checked, the
 * compiler cannot follow it.
 */
export function readAnswerOf<T>(
	endpoint: Endpoint,
	answer: Answer,
	json: Json,
	check: CheckShape,
): CallResult<T> {
	if (endpoint.response === undefined) return succeeded(undefined as T);
	if (answer.body === "") return protocolFailure(answer, "answer_empty", "has no body");
	const value = json.decode(answer.body);
	if (!typeIs(value, "table")) return protocolFailure(answer, "answer_not_json", "is not a JSON object");
	const fault = check(endpoint.response, value);
	if (fault !== undefined) {
		return protocolFailure(answer, "answer_shape", `is not what ${endpoint.name} answers: ${fault}`);
	}
	return succeeded(value as T);
}
