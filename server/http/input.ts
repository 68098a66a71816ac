import { LRUCache } from "lru-cache";
import type { Endpoint } from "../../shared/endpoint.js";
import type { ObjectShape, Shape } from "../../shared/schema.js";
import type { InputRule } from "../api/inputRules.js";
import { invalid, Problem } from "../core/problem.js";
import { parseBody } from "./body.js";
import { refusesUnknownFields } from "./endpointRules.js";
import { readQuery } from "./query.js";
import { problemsOf, validatorOf } from "./validators.js";
import { validFieldsReader } from "./validFields.js";

/** Of an endpoint that the compiler does not know. */
export type AnyInputRule = InputRule<Record<string, unknown>, Record<string, unknown>>;

export type Params = Readonly<Record<string, unknown>>;

/** What a handler is given, checked. */
export interface Input {
	readonly params: unknown;
	readonly query: unknown;
	readonly body: unknown;
}

/**
 * Reads and checks an endpoint's input; a problem lists everything that is wrong
 * with it, at once. What comes through has the right shapes, and its handler
 * holds it to the rules beyond them. Where a shape is wrong `rule` is run here,
 * on the fields that are right; never in the way of an input that is.
 */
export function inputReader(
	endpoint: Endpoint,
	rule?: AnyInputRule,
): (params: Params, url: string, body: Buffer | undefined) => Input | Problem {
	const unknownFields = refusesUnknownFields(endpoint) ? "refuse" : "ignore";
	const validator = (shape: Shape | undefined) => shape && validatorOf(shape, { unknownFields });
	const params = validator(endpoint.params);
	const query = validator(endpoint.query ?? { type: "object", fields: {} });
	const body = validator(endpoint.body);

	const soundFields = (shape: ObjectShape | undefined) =>
		rule === undefined || shape === undefined ? () => ({}) : validFieldsReader(shape, { unknownFields });
	const sound = { query: soundFields(endpoint.query), body: soundFields(endpoint.body) };

	function read(pathParams: Params, url: string, bytes: Buffer | undefined): Input | Problem {
		const json = bytes === undefined ? undefined : parseBody(bytes);
		if (json instanceof Problem) return json;
		const asked = endpoint.query !== undefined || url.includes("?");
		const values = asked ? readQuery(url, endpoint.query) : undefined;
		if (values instanceof Problem) return values;
		const parsed = {
			params: params?.safeParse(pathParams),
			query: asked ? query?.safeParse(values) : undefined,
			body: body?.safeParse(json),
		};
		const errors = [parsed.params?.error, parsed.query?.error, parsed.body?.error];
		const problems = errors.flatMap((error) => (error === undefined ? [] : problemsOf(error)));
		if (problems.length > 0) {
			const beyond = rule?.({ query: sound.query(values), body: sound.body(json) }) ?? [];
			return invalid(...problems, ...beyond);
		}
		return { params: parsed.params?.data, query: parsed.query?.data, body: parsed.body?.data };
	}

	const bodyOnly =
		endpoint.body !== undefined && endpoint.params === undefined && endpoint.query === undefined;
	return bodyOnly && endpoint.caller === "game" ? remembering(read) : read;
}

/** Bodies of game endpoints kept in memory with what was read from them, and the longest one kept, in bytes. */
const rememberedBodies = 10_000;
const longestRemembered = 512;

/**
 * A game server says the same about itself in every call, and only holders of
 * a good token get this far: what was read from such a body is kept.
 */
function remembering(read: ReturnType<typeof inputReader>): ReturnType<typeof inputReader> {
	const known = new LRUCache<string, Input>({ max: rememberedBodies });
	return (params, url, body) => {
		if (body === undefined || body.length > longestRemembered || url.includes("?"))
			return read(params, url, body);
		const text = body.toString("latin1");
		const input = known.get(text);
		if (input !== undefined) return input;
		const fresh = read(params, url, body);
		if (!(fresh instanceof Problem)) known.set(text, fresh);
		return fresh;
	};
}
