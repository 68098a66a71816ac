import type { IncomingMessage, ServerResponse } from "node:http";
import type { Endpoint } from "../../shared/endpoint.js";
import { Access, roleMissing } from "../accounts/access.js";
import { type OpenSession, sessionOf } from "../accounts/sessions.js";
import type { KeyContext } from "../api/handler.js";
import { createIdempotentRun, withoutIdempotency } from "../api/idempotency.js";
import { type LimitReport, Problem } from "../core/problem.js";
import type { AccessAttempt } from "../keys/accessAttempt.js";
import type { CachedKey } from "../keys/cachedKey.js";
import type { AccountRecord } from "../model/account.js";
import { ApiRequest } from "./apiRequest.js";
import { readBody } from "./body.js";
import { tokenOf } from "./credentials.js";
import { crossSiteProblem, csrfProblem } from "./csrf.js";
import type { EndpointDeps } from "./endpointDeps.js";
import { idempotencyKeyOf } from "./idempotencyKey.js";
import { type AnyInputRule, type Input, inputReader, type Params } from "./input.js";
import { locationWriter } from "./location.js";
import { sessionTokenOf } from "./sessionCookie.js";

/** Serves one endpoint on Node's request and response: the same code behind the fast path and Express. */
export type EndpointServer = (request: IncomingMessage, response: ServerResponse, params: Params) => void;

type AnyHandler = (context: never, input: never) => unknown;

/**
 * Reads the body, then checks token or session, key, input, place, scope and
 * limits, in this order, and runs the handler. The checks of a key
 * are in `keys/gate.ts`. Waits for nothing that is in memory.
 */
export function endpointServer(
	endpoint: Endpoint,
	handler: AnyHandler,
	deps: EndpointDeps,
	rule?: AnyInputRule,
): EndpointServer {
	const readInput = inputReader(endpoint, rule);
	const locationOf = locationWriter(endpoint);
	const recordMetrics = deps.metrics.recorder(endpoint.name);
	const { caller } = endpoint;
	const sessionToken = (incoming: IncomingMessage) => sessionTokenOf(incoming, deps.secureSessions(incoming));

	return (incoming, response, params) => {
		const request = new ApiRequest(endpoint, deps, recordMetrics, incoming, response, params, locationOf);
		if (endpoint.body === undefined) serve(request, params, undefined);
		else {
			readBody(incoming, (body) => {
				if (body instanceof Problem) request.sendProblem(body);
				else serve(request, params, body);
			});
		}
	};

	function serve(request: ApiRequest, params: Params, body: Buffer | undefined): void {
		request.guard(() => {
			if (caller === "public") return servePublic(request, params, body);
			if (caller === "session") return serveSession(request, params, body);
			const token = tokenOf(request.incoming);
			if (token instanceof Problem) {
				const signedIn = token.code === "auth_missing" && sessionToken(request.incoming) !== undefined;
				if (caller === "admin" && signedIn) return serveSession(request, params, body);
				return request.sendAuthFailure(token);
			}
			const attempt = deps.gate.identify(token, {
				address: request.address,
				robloxId: request.robloxId,
				acceptedKind: caller,
				scope: endpoint.scope,
				claimedPlaceId: undefined,
			});
			return request.whenReady(attempt, (attempt) => {
				if (!(attempt instanceof Problem)) return serveKey(request, attempt, params, body);
				if (attempt.code === "key_unknown") return request.sendAuthFailure(attempt);
				return request.sendProblem(attempt);
			});
		});
	}

	function servePublic(request: ApiRequest, params: Params, body: Buffer | undefined): void {
		const crossSite =
			endpoint.method === "GET" ? undefined : crossSiteProblem(request.incoming, deps.ownOrigin);
		if (crossSite !== undefined) return request.sendProblem(crossSite);
		const takesNoInput = endpoint.body === undefined && endpoint.query === undefined;
		const input = takesNoInput ? noInput : readInput(params, request.incoming.url ?? "", body);
		if (input instanceof Problem) return request.sendProblem(input);
		return request.respond(handler(request.context() as never, input as never), []);
	}

	/** For people who are signed in: session, CSRF token, input, role, handler. */
	function serveSession(request: ApiRequest, params: Params, body: Buffer | undefined): void {
		const token = sessionToken(request.incoming);
		if (token === undefined) {
			const hasKey = typeof tokenOf(request.incoming) === "string";
			return request.sendProblem(new Problem("session_expired", hasKey ? { detail: sessionOnly } : {}));
		}
		return request.whenReady(sessionOf(deps.store, token, deps.clock), (found) => {
			if (found === undefined) return request.sendAuthFailure(new Problem("session_expired"));
			const { account, session } = found;
			request.accountId = account.id;
			const forged =
				endpoint.method === "GET" ? undefined : csrfProblem(request.incoming, token, deps.ownOrigin);
			if (forged !== undefined) return request.sendProblem(forged);
			const input = readInput(params, request.incoming.url ?? "", body);
			if (input instanceof Problem) return request.sendProblem(input);
			const idempotencyKey = readIdempotencyKey(request);
			if (idempotencyKey instanceof Problem) return request.sendProblem(idempotencyKey);
			return serveAccount(request, account, { session }, input, idempotencyKey);
		});
	}

	function serveKey(
		request: ApiRequest,
		attempt: AccessAttempt,
		params: Params,
		body: Buffer | undefined,
	): void {
		const { id, accountId } = attempt.key.record;
		request.keyId = id;
		if (caller !== "admin") return admit(request, attempt, undefined, params, body);
		// Before anything is counted: a request of a disabled account is not use of the key.
		const account = deps.store.accounts.findById(accountId ?? "");
		return request.whenReady(account, (account) => {
			if (account === undefined) return request.sendAuthFailure(new Problem("key_unknown"));
			if (account.disabledAt !== undefined) {
				const detail = "The account that this key acts for is disabled.";
				return request.sendProblem(new Problem("key_disabled", { detail }));
			}
			return admit(request, attempt, account, params, body);
		});
	}

	/** `account`: the one an admin key acts for. */
	function admit(
		request: ApiRequest,
		attempt: AccessAttempt,
		account: AccountRecord | undefined,
		params: Params,
		body: Buffer | undefined,
	): void {
		const input = readInput(params, request.incoming.url ?? "", body);
		if (input instanceof Problem) return request.sendProblem(input);
		const idempotencyKey = readIdempotencyKey(request);
		if (idempotencyKey instanceof Problem) return request.sendProblem(idempotencyKey);
		attempt.request.claimedPlaceId = claimedPlaceOf(input.body);
		return request.whenReady(deps.gate.admit(attempt), (grant) => {
			if (grant instanceof Problem) return request.sendProblem(grant);
			request.grantedIn = grant.resolvedKey.key.value.record.workspaceId;
			if (account !== undefined) {
				const authority = { actingKey: grant.resolvedKey.key.value, limits: grant.limits };
				return serveAccount(request, account, authority, input, idempotencyKey);
			}
			const context: KeyContext = { requestId: request.requestId, address: request.address, grant };
			return request.respond(handler(context as never, input as never), grant.limits);
		});
	}

	function readIdempotencyKey({ incoming }: ApiRequest): string | Problem | undefined {
		return endpoint.takesIdempotencyKey ? idempotencyKeyOf(incoming.headers) : undefined;
	}

	/** A management request on behalf of the account, made with one of its admin keys or in its session. */
	function serveAccount(
		request: ApiRequest,
		account: AccountRecord,
		authority: {
			readonly actingKey?: CachedKey;
			readonly limits?: readonly LimitReport[];
			readonly session?: OpenSession;
		},
		input: Input,
		idempotencyKey: string | undefined,
	): void {
		if (endpoint.role === "operator" && !account.operator) {
			return request.sendProblem(roleMissing("operator"));
		}
		const { actingKey, session, limits = [] } = authority;
		const actor = { type: "account", id: account.id, keyId: actingKey?.record.id } as const;
		const auditContext = { actor, address: request.address };
		const access = new Access(deps.store, account, endpoint.role);
		const { params, body } = input;
		const runIdempotent =
			idempotencyKey === undefined
				? withoutIdempotency
				: createIdempotentRun(
						{ idempotency: deps.store.idempotency, responseCipher: deps.responseCipher, clock: deps.clock },
						{ endpoint, auditContext, params, body, idempotencyKey },
					);
		const context = {
			...request.context(),
			account,
			access,
			auditContext,
			actingKey,
			session,
			runIdempotent,
		};
		return request.respond(handler(context as never, input as never), limits);
	}
}

const noInput = {};

const sessionOnly = "This endpoint is for people who are signed in. It cannot be used with an API key.";

function claimedPlaceOf(body: unknown): string | undefined {
	if (typeof body !== "object" || body === null || !("placeId" in body)) return undefined;
	return typeof body.placeId === "string" ? body.placeId : undefined;
}
