import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Endpoint } from "../../shared/endpoint.js";
import { Access, roleMissing } from "../accounts/access.js";
import { type OpenSession, sessionOf } from "../accounts/sessions.js";
import type { ActivityBuffer } from "../activity/activityBuffer.js";
import type { KeyContext, PublicContext } from "../api/handler.js";
import { createIdempotentRun, withoutIdempotency } from "../api/idempotency.js";
import { JsonLines, PreparedJson, SessionChange } from "../api/results.js";
import { type LimitReport, Problem } from "../core/problem.js";
import type { FailureLimiter } from "../keys/failureLimiter.js";
import type { Gate } from "../keys/gate.js";
import type { ResolvedKey } from "../keys/keyResolver.js";
import type { KnownKey } from "../keys/knownKey.js";
import type { AccountRecord } from "../model/account.js";
import type { Clock } from "../primitives/clock.js";
import type { ResponseCipher } from "../secrets/responseCipher.js";
import { type Store, StoreUnavailable } from "../store/store.js";
import type { AccessLog } from "./accessLog.js";
import { readBody } from "./body.js";
import { tokenOf } from "./credentials.js";
import { crossSiteProblem, forgedRequestProblem } from "./csrf.js";
import { idempotencyKeyOf } from "./idempotencyKey.js";
import { type AnyInputRule, type Input, inputReader, type Params } from "./input.js";
import { writeJsonLines } from "./jsonLines.js";
import { locationWriter } from "./location.js";
import type { Metrics } from "./metrics.js";
import { writeEmpty, writeJson, writeProblem } from "./response.js";
import { sessionCookie, sessionTokenOf } from "./sessionCookie.js";

/** What serving any endpoint needs. */
export interface EndpointDeps {
	readonly gate: Gate;
	readonly failures: FailureLimiter;
	readonly store: Store;
	/** Whether the caller's browser came by https. */
	readonly secureSessions: (request: IncomingMessage) => boolean;
	/** Where pages of this server come from, as far as it was told: the origin of PUBLIC_URL. */
	readonly ownOrigin: string | undefined;
	readonly responseCipher: ResponseCipher;
	readonly activity: ActivityBuffer;
	readonly clock: Clock;
	readonly calls: AccessLog;
	readonly metrics: Metrics;
	readonly addressOf: (request: IncomingMessage) => string;
}

/** Serves one endpoint on a bare request and response: the one implementation behind both doors. */
export type EndpointServer = (request: IncomingMessage, response: ServerResponse, params: Params) => void;

type AnyHandler = (context: never, input: never) => unknown;

/**
 * Body in, token or session, key, input, place, scope, limits, handler, answer out: in the
 * order of DESIGN.md. Runs without waiting wherever everything is in memory.
 */
export function endpointServer(
	endpoint: Endpoint,
	handler: AnyHandler,
	deps: EndpointDeps,
	rule?: AnyInputRule,
): EndpointServer {
	const readInput = inputReader(endpoint, rule);
	const locationOf = locationWriter(endpoint);
	const record = deps.metrics.recorder(endpoint.name);
	const { caller } = endpoint;
	const sessionToken = (request: IncomingMessage) => sessionTokenOf(request, deps.secureSessions(request));

	return (request, response, params) => {
		const call = new Call(endpoint, deps, record, request, response, params, locationOf);
		if (endpoint.body === undefined) begin(call, params, undefined);
		else {
			readBody(request, (body) => {
				if (body instanceof Problem) call.refuse(body);
				else begin(call, params, body);
			});
		}
	};

	function begin(call: Call, params: Params, body: Buffer | undefined): void {
		call.guard(() => {
			if (caller === "public") return beginPublic(call, params, body);
			if (caller === "session") return beginSession(call, params, body);
			const token = tokenOf(call.request);
			if (token instanceof Problem) {
				const signedIn = token.code === "auth_missing" && sessionToken(call.request) !== undefined;
				if (caller === "admin" && signedIn) return beginSession(call, params, body);
				return call.refuseUnknown(token);
			}
			const resolvedKey = deps.gate.identify(token, call.address, caller, call.robloxId);
			return call.after(resolvedKey, (resolvedKey) => {
				if (!(resolvedKey instanceof Problem)) return identified(call, resolvedKey, params, body);
				if (resolvedKey.code === "key_unknown") return call.refuseUnknown(resolvedKey);
				return call.refuse(resolvedKey);
			});
		});
	}

	function beginPublic(call: Call, params: Params, body: Buffer | undefined): void {
		const foreign = endpoint.method === "GET" ? undefined : crossSiteProblem(call.request, deps.ownOrigin);
		if (foreign !== undefined) return call.refuse(foreign);
		const asksNothing = endpoint.body === undefined && endpoint.query === undefined;
		const input = asksNothing ? noInput : readInput(params, call.request.url ?? "", body);
		if (input instanceof Problem) return call.refuse(input);
		return call.finish(handler(call.context() as never, input as never), []);
	}

	/** For who is signed in: session, CSRF token, input, role, handler. */
	function beginSession(call: Call, params: Params, body: Buffer | undefined): void {
		const token = sessionToken(call.request);
		if (token === undefined) {
			const byKey = typeof tokenOf(call.request) === "string";
			return call.refuse(new Problem("session_expired", byKey ? { detail: forPeople } : {}));
		}
		return call.after(sessionOf(deps.store, token, deps.clock), (found) => {
			if (found === undefined) return call.refuseUnknown(new Problem("session_expired"));
			const { account, session } = found;
			call.accountId = account.id;
			const forged =
				endpoint.method === "GET" ? undefined : forgedRequestProblem(call.request, token, deps.ownOrigin);
			if (forged !== undefined) return call.refuse(forged);
			const input = readInput(params, call.request.url ?? "", body);
			if (input instanceof Problem) return call.refuse(input);
			const key = endpoint.takesIdempotencyKey ? idempotencyKeyOf(call.request.headers) : undefined;
			if (key instanceof Problem) return call.refuse(key);
			return manage(call, account, { session }, input, key);
		});
	}

	function identified(call: Call, resolvedKey: ResolvedKey, params: Params, body: Buffer | undefined): void {
		call.keyId = resolvedKey.key.value.record.id;
		if (caller !== "admin") return admit(call, resolvedKey, undefined, params, body);
		// Before anything is counted: a key whose account may do nothing is not used.
		const account = deps.store.accounts.findById(resolvedKey.key.value.record.accountId ?? "");
		return call.after(account, (account) => {
			if (account === undefined) return call.refuseUnknown(new Problem("key_unknown"));
			if (account.disabledAt !== undefined) {
				const detail = "The account that this key acts for is disabled.";
				return call.refuse(new Problem("key_disabled", { detail }));
			}
			return admit(call, resolvedKey, account, params, body);
		});
	}

	/** `account`: the one an admin key acts for. */
	function admit(
		call: Call,
		resolvedKey: ResolvedKey,
		account: AccountRecord | undefined,
		params: Params,
		body: Buffer | undefined,
	): void {
		const input = readInput(params, call.request.url ?? "", body);
		if (input instanceof Problem) return call.refuse(input);
		const key = endpoint.takesIdempotencyKey ? idempotencyKeyOf(call.request.headers) : undefined;
		if (key instanceof Problem) return call.refuse(key);
		const grant = deps.gate.admit(resolvedKey, {
			scope: endpoint.scope,
			address: call.address,
			robloxId: call.robloxId,
			claimedPlaceId: claimedPlaceOf(input.body),
		});
		return call.after(grant, (admitted) => {
			if (admitted instanceof Problem) return call.refuse(admitted);
			call.verifiedIn = admitted.resolvedKey.key.value.record.workspaceId;
			if (account !== undefined) {
				const by = { actingKey: resolvedKey.key.value, limits: admitted.limits };
				return manage(call, account, by, input, key);
			}
			const { requestId, address } = call;
			const context: KeyContext = { requestId, address, grant: admitted };
			return call.finish(handler(context as never, input as never), admitted.limits);
		});
	}

	/** A management call, on behalf of the account: by an admin key of its own, or by its session. */
	function manage(
		call: Call,
		account: AccountRecord,
		by: {
			readonly actingKey?: KnownKey;
			readonly limits?: readonly LimitReport[];
			readonly session?: OpenSession;
		},
		input: Input,
		idempotencyKey: string | undefined,
	): void {
		if (endpoint.role === "operator" && !account.operator) return call.refuse(roleMissing("operator"));
		const { actingKey, session, limits = [] } = by;
		const actor = { type: "account", id: account.id, keyId: actingKey?.record.id } as const;
		const auditContext = { actor, address: call.address };
		const access = new Access(deps.store, account, endpoint.role);
		const { params, body } = input;
		const runIdempotent =
			idempotencyKey === undefined
				? withoutIdempotency
				: createIdempotentRun(
						{ idempotency: deps.store.idempotency, responseCipher: deps.responseCipher, clock: deps.clock },
						{ endpoint, auditContext, params, body, idempotencyKey },
					);
		const context = { ...call.context(), account, access, auditContext, actingKey, session, runIdempotent };
		return call.finish(handler(context as never, input as never), limits);
	}
}

const noInput = {};

const forPeople = "This call is for people who are signed in: no key can make it.";

/** One call under way. */
class Call {
	readonly requestId = randomUUID();
	readonly address: string;
	/** The Roblox-Id header, as it was sent. */
	readonly robloxId: string | undefined;
	keyId: string | undefined;
	/** Of somebody who is signed in. */
	accountId: string | undefined;
	/** The workspace whose key made this call and was let through, or refused: whose activity the call is. */
	verifiedIn: string | undefined;
	#deniedIn: string | undefined;
	/** Why the call failed, for the log. */
	#thrown: unknown;
	readonly #startedAt: number;

	constructor(
		private readonly endpoint: Endpoint,
		private readonly deps: EndpointDeps,
		private readonly record: (code: string, ms: number) => void,
		readonly request: IncomingMessage,
		private readonly response: ServerResponse,
		private readonly params: Params,
		private readonly locationOf: ReturnType<typeof locationWriter>,
	) {
		this.address = deps.addressOf(request);
		const robloxId = request.headers["roblox-id"];
		this.robloxId = typeof robloxId === "string" ? robloxId : undefined;
		this.#startedAt = deps.clock.monotonic();
	}

	context(): PublicContext {
		const userAgent = this.request.headers["user-agent"];
		return { requestId: this.requestId, address: this.address, userAgent };
	}

	/** Runs a step; what it throws becomes the answer. */
	guard(step: () => void): void {
		try {
			step();
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Goes on with a value: at once when it is there. */
	after<T>(value: T | Promise<T>, next: (value: T) => void): void {
		if (value instanceof Promise) {
			value.then((found) => this.guard(() => next(found))).catch((error) => this.#fail(error));
		} else next(value);
	}

	/** Answers with what a handler returned. */
	finish(output: unknown, limits: readonly LimitReport[]): void {
		this.after(output, (answer) => {
			if (answer instanceof Problem) {
				return answer.code === "link_invalid" ? this.refuseUnknown(answer) : this.refuse(answer);
			}
			if (answer instanceof SessionChange) {
				const cookie = sessionCookie(answer.token, this.deps.secureSessions(this.request));
				this.response.setHeader("Set-Cookie", cookie);
				return this.finish(answer.response, limits);
			}
			this.#describe(answer);
			const { status } = this.endpoint;
			if (answer instanceof JsonLines) {
				const writing = writeJsonLines(this.response, status, this.requestId, answer, limits);
				return this.after(writing, () => this.#done(status, "ok"));
			}
			if (status === 204) writeEmpty(this.response, this.requestId, limits);
			else writeJson(this.response, status, this.requestId, answer, limits);
			this.#done(status, "ok");
		});
	}

	/** Sets the headers that say what a success is: a new record, or the response of an earlier request. */
	#describe(answer: unknown): void {
		const { locationOf, params, request, response } = this;
		const prepared = answer instanceof PreparedJson ? answer : undefined;
		if (prepared?.replayed) response.setHeader("Idempotent-Replayed", "true");
		if (locationOf === undefined) return;
		const body = prepared === undefined ? answer : JSON.parse(prepared.text);
		response.setHeader("Location", locationOf(request.url ?? "", params, body as object));
	}

	refuse(problem: Problem): void {
		this.#deniedIn = problem.deniedIn;
		this.accountId ??= problem.notSignedInTo;
		writeProblem(this.response, this.requestId, problem);
		this.#done(problem.entry.status, problem.code, problem.details.detail);
	}

	/** Refuses a call without a valid token, session or link, which counts against its address. */
	refuseUnknown(problem: Problem): void {
		this.refuse(this.deps.failures.failed(this.address, problem));
	}

	#fail(error: unknown): void {
		const problem = problemOf(error);
		this.#thrown = error;
		if (!this.response.headersSent) return this.refuse(problem);
		// In the middle of an answer: only a connection that breaks off says so.
		this.response.destroy();
		this.#done(problem.entry.status, problem.code);
	}

	#done(status: number, code: string, detail?: string): void {
		const ms = this.deps.clock.monotonic() - this.#startedAt;
		this.record(code, ms);
		const workspaceId = this.verifiedIn ?? this.#deniedIn;
		if (workspaceId !== undefined) {
			const { activity, clock } = this.deps;
			activity.count(workspaceId, this.verifiedIn !== undefined, clock.now(), ms);
		}
		const { calls } = this.deps;
		if (status < 400 && !calls.logsAnswered) return;
		const { requestId, address, keyId, accountId, endpoint } = this;
		calls.write(
			{ requestId, endpoint: endpoint.name, status, code, ms, address, keyId, accountId, detail },
			this.#thrown,
		);
	}
}

/** Seconds a caller is told to wait when the database is out of reach. */
const unavailableRetrySeconds = 2;

/** What is answered when something was thrown. A `Problem` never is: it is returned. */
export function problemOf(error: unknown): Problem {
	if (error instanceof StoreUnavailable) {
		return new Problem("unavailable", { retryAfterSeconds: unavailableRetrySeconds });
	}
	return new Problem("internal");
}

function claimedPlaceOf(body: unknown): string | undefined {
	if (typeof body !== "object" || body === null || !("placeId" in body)) return undefined;
	return typeof body.placeId === "string" ? body.placeId : undefined;
}
