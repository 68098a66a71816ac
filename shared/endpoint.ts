import type { ErrorCode } from "./errors.js";
import type { Infer, ObjectShape, Sendable, Shape } from "./schema.js";
import type { KnownScope } from "./scopes.js";

/**
 * Who can call an endpoint: a kind of key, a signed-in person, or anyone.
 * `admin`: an admin key or a session; both act for an account.
 */
export type Caller = "game" | "service" | "admin" | "session" | "public";

/**
 * The role an account needs at least, in the request's workspace. `operator`:
 * for the whole server. An operator has every role in every workspace.
 */
export type Role = "viewer" | "admin" | "owner";
export type RoleNeeded = Role | "operator";

/**
 * An endpoint as data. Routes, validators, OpenAPI, the SDK's checks and the
 * clients are all derived from it.
 */
export interface Endpoint {
	/** `resource.action`: `keys.create`. */
	readonly name: string;
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** With parameters as `:name`, each a field of `params`. */
	readonly path: string;
	readonly caller: Caller;
	/** The scope the key needs; absent: any valid key works. For sessions only the account's role decides. */
	readonly scope?: KnownScope;
	/** The role the account needs; absent: the endpoint is about the account itself, or returns only what it has access to. */
	readonly role?: RoleNeeded;
	/** Whether sending the same request twice does no more than sending it once, so that the SDK can retry it. */
	readonly idempotent: boolean;
	/**
	 * Whether a request can have an Idempotency-Key: repeated with the same key
	 * and body, it gets the first response again and does nothing.
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
	/** Absent when the response has no body (204). */
	readonly response?: Shape;
	/**
	 * How the response is written; absent: as one JSON value. `json-lines`: as any
	 * number of lines, each a JSON value of the shape `response`.
	 */
	readonly format?: "json-lines";
	/** The codes specific to this endpoint. `errorsOf` in server/http adds those that its caller, role and input bring. */
	readonly errors: readonly ErrorCode[];
}

type PartOf<E, P extends string> = E extends { readonly [K in P]: infer S extends Shape }
	? Infer<S>
	: undefined;
type SentPartOf<E, P extends string> = E extends { readonly [K in P]: infer S extends Shape }
	? Sendable<S>
	: undefined;

/** What the endpoint's handler receives, validated. */
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

/** What the endpoint returns on success. */
export type EndpointOutput<E extends Endpoint> = PartOf<E, "response">;
