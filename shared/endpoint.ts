import type { ErrorCode } from "./errors.js";
import type { Infer, ObjectShape, Sendable, Shape } from "./schema.js";
import type { KnownScope } from "./scopes.js";

/** Who may call an endpoint: a kind of key, or anyone at all. */
export type Caller = "game" | "service" | "admin" | "public";

/**
 * An endpoint as data. Everything that describes a request comes from here:
 * routes, validators, OpenAPI, the SDK's checks, the clients.
 */
export interface Endpoint {
	/** `resource.action`: `keys.create`. */
	readonly name: string;
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** Parameters as `:name`, each a field of `params`. */
	readonly path: string;
	readonly caller: Caller;
	/** The scope the key must hold; none means a valid key is enough. */
	readonly scope?: KnownScope;
	/** Whether the same call sent twice does no more than sent once, so that the SDK may retry it. */
	readonly idempotent: boolean;
	readonly summary: string;
	readonly description?: string;
	readonly params?: ObjectShape;
	readonly query?: ObjectShape;
	readonly body?: ObjectShape;
	readonly status: 200 | 201 | 204;
	/** Absent when the answer has no body (204). */
	readonly response?: Shape;
	/** The codes of this endpoint's own; those every call of its caller's kind can meet are in `commonErrors`. */
	readonly errors: readonly ErrorCode[];
}

type PartOf<E, P extends string> = E extends { readonly [K in P]: infer S extends Shape }
	? Infer<S>
	: undefined;
type SentPartOf<E, P extends string> = E extends { readonly [K in P]: infer S extends Shape }
	? Sendable<S>
	: undefined;

/** What a handler of the endpoint is given, already checked. */
export interface EndpointInput<E extends Endpoint> {
	readonly params: PartOf<E, "params">;
	readonly query: PartOf<E, "query">;
	readonly body: PartOf<E, "body">;
}

/** What a caller of the endpoint sends. */
export interface EndpointRequest<E extends Endpoint> {
	readonly params?: SentPartOf<E, "params">;
	readonly query?: SentPartOf<E, "query">;
	readonly body?: SentPartOf<E, "body">;
}

/** What the endpoint answers when it succeeds. */
export type EndpointOutput<E extends Endpoint> = PartOf<E, "response">;
