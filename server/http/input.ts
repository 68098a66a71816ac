import { LRUCache } from "lru-cache";
import type { Endpoint } from "../../shared/endpoint.js";
import type { ObjectShape, Shape } from "../../shared/schema.js";
import type { InputRule } from "../api/inputRules.js";
import { invalid, Problem } from "../core/problem.js";
import { parseBody } from "./body.js";
import { rejectsUnknownFields } from "./endpointRules.js";
import { readQuery } from "./query.js";
import { problemsOf, validatorOf } from "./validators.js";
import { validFieldsReader } from "./validFields.js";

/** The rule of an endpoint whose type is not known at compile time. */
export type AnyInputRule = InputRule<Record<string, unknown>, Record<string, unknown>>;

export type Params = Readonly<Record<string, unknown>>;

/** Validated input for a handler. */
export interface Input {
	readonly params: unknown;
	readonly query: unknown;
	readonly body: unknown;
}

/**
 * Reads and validates an endpoint's input. A problem lists everything that is
 * wrong, not just the first mistake: if a shape is wrong, the handler never
 * runs, so `rule` (what the handler would check beyond shapes) is run here on
 * the valid fields. For input of the right shape `rule` costs nothing.
 */
export function inputReader(
	endpoint: Endpoint,
	rule?: AnyInputRule,
): (params: Params, url: string, body: Buffer | undefined) => Input | Problem {
	const unknownFields = rejectsUnknownFields(endpoint) ? "reject" : "ignore";
	const validator = (shape: Shape | undefined) => shape && validatorOf(shape, { unknownFields });
	const params = validator(endpoint.params);
	const query = validator(endpoint.query ?? { type: "object", fields: {} });
	const body = validator(endpoint.body);

	const validFields = (shape: ObjectShape | undefined) =>
		rule === undefined || shape === undefined ? () => ({}) : validFieldsReader(shape, { unknownFields });
	const readValid = { query: validFields(endpoint.query), body: validFields(endpoint.body) };

	function read(pathParams: Params, url: string, bytes: Buffer | undefined): Input | Problem {
		const json = bytes === undefined ? undefined : parseBody(bytes);
		if (json instanceof Problem) return json;
		const hasQuery = endpoint.query !== undefined || url.includes("?");
		const values = hasQuery ? readQuery(url, endpoint.query) : undefined;
		if (values instanceof Problem) return values;
		const parsed = {
			params: params?.safeParse(pathParams),
			query: hasQuery ? query?.safeParse(values) : undefined,
			body: body?.safeParse(json),
		};
		const errors = [parsed.params?.error, parsed.query?.error, parsed.body?.error];
		const problems = errors.flatMap((error) => (error === undefined ? [] : problemsOf(error)));
		if (problems.length > 0) {
			const ruleProblems = rule?.({ query: readValid.query(values), body: readValid.body(json) }) ?? [];
			return invalid(...problems, ...ruleProblems);
		}
		return { params: parsed.params?.data, query: parsed.query?.data, body: parsed.body?.data };
	}

	const bodyOnly =
		endpoint.body !== undefined && endpoint.params === undefined && endpoint.query === undefined;
	return bodyOnly && endpoint.caller === "game" ? memoized(read) : read;
}

/** Bodies of game endpoints kept in memory with their input, and the size up to which they are kept, in bytes. */
const memoizedBodies = 10_000;
const maxMemoizedBytes = 512;

/**
 * A game server sends the same body with every request, so its input is kept.
 * Only requests with a valid token get this far.
 */
function memoized(read: ReturnType<typeof inputReader>): ReturnType<typeof inputReader> {
	const inputs = new LRUCache<string, Input>({ max: memoizedBodies });
	return (params, url, body) => {
		if (body === undefined || body.length > maxMemoizedBytes || url.includes("?"))
			return read(params, url, body);
		const text = body.toString("latin1");
		const input = inputs.get(text);
		if (input !== undefined) return input;
		const fresh = read(params, url, body);
		if (!(fresh instanceof Problem)) inputs.set(text, fresh);
		return fresh;
	};
}
