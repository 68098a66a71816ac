import type { Endpoint, EndpointInput, EndpointOutput } from "../../shared/endpoint.js";
import type { Endpoints } from "../../shared/endpoints/index.js";
import type { Access } from "../accounts/access.js";
import type { OpenSession } from "../accounts/sessions.js";
import type { AuditContext } from "../core/context.js";
import type { Problem } from "../core/problem.js";
import type { Grant } from "../keys/accessAttempt.js";
import type { CachedKey } from "../keys/cachedKey.js";
import type { AccountRecord } from "../model/account.js";
import type { RunIdempotent } from "./idempotency.js";
import type { JsonLines, PreparedJson, SessionChange } from "./results.js";

/** What a handler knows of a call besides its input. */
export interface KeyContext {
	readonly requestId: string;
	/** The caller's address, in its plain spelling. */
	readonly address: string;
	/** The call's key and place. */
	readonly grant: Grant;
}

/** The context of a call that anyone may make. */
export interface PublicContext {
	readonly requestId: string;
	readonly address: string;
	readonly userAgent?: string;
}

/** The context of a management call: who it acts for. */
export interface ManagementContext extends PublicContext {
	readonly account: AccountRecord;
	/** What the account may reach with this call. */
	readonly access: Access;
	readonly auditContext: AuditContext;
	/** The admin key of the call, which can hand on no more than it holds; undefined: somebody is signed in. */
	readonly actingKey?: CachedKey;
}

/** The context of a call by somebody who is signed in. */
export interface SessionContext extends ManagementContext {
	readonly session: OpenSession;
}

/** The context of a call that may carry an Idempotency-Key. */
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

type Answer<E extends Endpoint> = E extends { readonly format: "json-lines" }
	? JsonLines<EndpointOutput<E>> | Problem
	: EndpointOutput<E> | Problem | PreparedJson | SessionChange<EndpointOutput<E>>;

/** What an endpoint does: knows neither Express nor a database. Returns or throws a `Problem` to refuse. */
export type Handler<E extends Endpoint> = (
	context: ContextOf<E>,
	input: EndpointInput<E>,
) => Answer<E> | Promise<Answer<E>>;

/** One handler for every endpoint of the contract: the compiler refuses a missing or a surplus one. */
export type Handlers = { readonly [N in keyof Endpoints]: Handler<Endpoints[N]> };
