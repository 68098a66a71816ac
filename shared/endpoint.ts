import type { ErrorCode } from "./errors.js";
import type { Infer, ObjectShape, Sendable, Shape } from "./schema.js";
import type { KnownScope } from "./scopes.js";

/**
 * Who may call an endpoint: a kind of key, a person who is signed in, or anyone
 * at all. `admin`: an admin key, or a session; both act for an account.
 */
export type Caller = "game" | "service" | "admin" | "session" | "public";

/**
 * What an account must at least be: in the workspace the call is about, or, as
 * `operator`, for the whole instance. An operator has every role everywhere.
 */
export type Role = "viewer" | "admin" | "owner";
export type RoleNeeded = Role | "operator";

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
	/** The scope the key must hold; none means a valid key is enough. Sessions have none: their account's role decides. */
	readonly scope?: KnownScope;
	/** What the account must be; none: the call is about the account itself, or shows only what it may see. */
	readonly role?: RoleNeeded;
	/** Whether the same call sent twice does no more than sent once, so that the SDK may retry it. */
	readonly idempotent: boolean;
	/**
	 * Whether the call may carry an Idempotency-Key: sent again with the same key
	 * and body, it then gets the answer of the first time and does nothing.
	 */
	readonly takesIdempotencyKey?: true;
	readonly summary: string;
	readonly description?: string;
	readonly params?: ObjectShape;
	readonly query?: ObjectShape;
	readonly body?: ObjectShape;
	readonly status: 200 | 201 | 204;
	/**
	 * Where what a 201 created is found, sent as `Location`. A `:name` is a field
	 * of the response or a parameter of `path`.
	 */
	readonly location?: string;
	/** Absent when the answer has no body (204). */
	readonly response?: Shape;
	/**
	 * How the answer is written; absent: as one JSON value. `json-lines`: as any
	 * number of lines, each a JSON value of the shape `response`.
	 */
	readonly format?: "json-lines";
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
