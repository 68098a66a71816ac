import type { Endpoint } from "../../shared/endpoint.js";
import type { ErrorEntry } from "../../shared/errors.js";
import type { Shape } from "../../shared/schema.js";

/** The contract as callers depend on it: all that decides whether a request works, without descriptions. */
export interface Contract {
	readonly endpoints: Readonly<Record<string, FrozenEndpoint>>;
	readonly errors: Readonly<Record<string, { readonly status: number; readonly retry: boolean }>>;
}

export interface FrozenEndpoint {
	readonly method: string;
	readonly path: string;
	readonly caller: string;
	readonly scope?: string;
	readonly idempotent: boolean;
	readonly status: number;
	readonly params?: Shape;
	readonly query?: Shape;
	readonly body?: Shape;
	readonly response?: Shape;
}

export function snapshotOf(
	endpoints: Readonly<Record<string, Endpoint>>,
	errors: Readonly<Record<string, ErrorEntry>>,
): Contract {
	return {
		endpoints: mapped(endpoints, ({ method, path, caller, scope, idempotent, status, ...parts }) => ({
			method,
			path,
			caller,
			scope,
			idempotent,
			status,
			params: parts.params && bare(parts.params),
			query: parts.query && bare(parts.query),
			body: parts.body && bare(parts.body),
			response: parts.response && bare(parts.response),
		})),
		errors: mapped(errors, ({ status, retry }) => ({ status, retry })),
	};
}

/** The shape without its description and example. */
function bare(shape: Shape): Shape {
	switch (shape.type) {
		case "list":
		case "optional":
		case "clearable":
			return { ...withoutNotes(shape), of: bare(shape.of) };
		case "object":
			return { ...withoutNotes(shape), fields: mapped(shape.fields, bare) };
		case "anyOf":
			return { ...withoutNotes(shape), shapes: shape.shapes.map(bare) };
		default:
			return withoutNotes(shape);
	}
}

function withoutNotes<S extends Shape>(shape: S): S {
	const {
		description: _description,
		example: _example,
		...rest
	} = shape as S & { description?: string; example?: unknown };
	return rest as unknown as S;
}

function mapped<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
