import type { Endpoint, EndpointInput, EndpointOutput } from "../../shared/endpoint.js";
import type { Endpoints } from "../../shared/endpoints/index.js";
import type { Access } from "../accounts/access.js";
import type { OpenSession } from "../accounts/sessions.js";
import type { AuditContext } from "../core/context.js";
import type { Problem } from "../core/problem.js";
import type { Grant } from "../keys/gate.js";
import type { KnownKey } from "../keys/knownKey.js";
import type { AccountRecord } from "../model/account.js";
import type { RunIdempotent } from "./idempotency.js";
import type { JsonLines, PreparedJson, SessionChange } from "./results.js";

/** What a handler knows about a request with a game or service key, besides its input. */
export interface KeyContext {
	readonly requestId: string;
	/** The caller's IP address, normalized. */
	readonly address: string;
	/** The request's key and place. */
	readonly grant: Grant;
}

/** The context of a public request. */
export interface PublicContext {
	readonly requestId: string;
	readonly address: string;
	readonly userAgent?: string;
}

/** The context of a management request, which acts for an account. */
export interface ManagementContext extends PublicContext {
	readonly account: AccountRecord;
	/** What the account has access to with this request. */
	readonly access: Access;
	readonly auditContext: AuditContext;
	/** The request's admin key, which can grant no more than it has; undefined for a signed-in person. */
	readonly actingKey?: KnownKey;
}

/** The context of a signed-in person's request. */
export interface SessionContext extends ManagementContext {
	readonly session: OpenSession;
}

/** The context of a request that can have an Idempotency-Key. */
export interface IdempotentContext extends ManagementContext {
	readonly runIdempotent: RunIdempotent;
}

type ContextOf<E extends Endpoint> = E["caller"] extends "public"
	? PublicContext
	: E["caller"] extends "session"
		? SessionContext
		: E["caller"] extends "admin"
			? E extends { readonly takesIdempotencyKey: true }
				? IdempotentContext
				: ManagementContext
			: KeyContext;

/** What a handler returns on success. */
type Success<E extends Endpoint> = E extends { readonly format: "json-lines" }
	? JsonLines<EndpointOutput<E>>
	: EndpointOutput<E> | PreparedJson | SessionChange<EndpointOutput<E>>;

/** A success, or the problem that is sent instead. A problem is never thrown. */
type Outcome<E extends Endpoint> = Success<E> | Problem;

/** What an endpoint does. Knows neither HTTP nor the database behind the store. */
export type Handler<E extends Endpoint> = (
	context: ContextOf<E>,
	input: EndpointInput<E>,
) => Outcome<E> | Promise<Outcome<E>>;

/** One handler for every endpoint of the contract. The compiler rejects a missing or a surplus one. */
export type Handlers = { readonly [N in keyof Endpoints]: Handler<Endpoints[N]> };
