import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Endpoint } from "../../shared/endpoint.js";
import type { Records } from "../cache/records.js";
import type { Clock } from "../clock.js";
import type { CallContext, ManagementContext } from "../handler.js";
import type { FailureLimiter } from "../keys/failureLimiter.js";
import type { Admission, Gate } from "../keys/gate.js";
import type { Identity } from "../keys/recognise.js";
import { type LimitReport, Problem } from "../problem.js";
import { StoreUnavailable } from "../store/store.js";
import { writeEmpty, writeJson, writeProblem } from "./answer.js";
import { readBody } from "./body.js";
import { logCall } from "./callLog.js";
import { tokenOf } from "./credentials.js";
import { type Input, inputReader, type Params } from "./input.js";
import type { Metrics } from "./metrics.js";

/** What serving any endpoint needs. */
export interface Serving {
	readonly gate: Gate;
	readonly failures: FailureLimiter;
	readonly accounts: Records["accounts"];
	readonly clock: Clock;
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly addressOf: (request: IncomingMessage) => string;
}

/** Serves one endpoint on a bare request and response: the one implementation behind both doors. */
export type EndpointServer = (request: IncomingMessage, response: ServerResponse, params: Params) => void;

type AnyHandler = (context: never, input: never) => unknown;

/**
 * Body in, token, key, input, place, scope, limits, handler, answer out: in the
 * order of DESIGN.md. Runs without waiting wherever everything is in memory.
 */
export function endpointServer(endpoint: Endpoint, handler: AnyHandler, serving: Serving): EndpointServer {
	const readInput = inputReader(endpoint);
	const record = serving.metrics.recorder(endpoint.name);
	const { caller } = endpoint;

	return (request, response, params) => {
		const call = new Call(endpoint, serving, record, request, response);
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
			if (caller === "public") return call.finish(handler({} as never, {} as never), []);
			const token = tokenOf(call.request);
			if (token instanceof Problem) return call.refuseUnknown(token);
			return call.after(serving.gate.identify(token, call.address, caller), (identity) => {
				if (!(identity instanceof Problem)) return identified(call, identity, params, body);
				if (identity.code === "key_unknown") return call.refuseUnknown(identity);
				return call.refuse(identity);
			});
		});
	}

	function identified(call: Call, identity: Identity, params: Params, body: Buffer | undefined): void {
		call.keyId = identity.key.value.record.id;
		const input = readInput(params, call.request.url ?? "", body);
		if (input instanceof Problem) return call.refuse(input);
		const robloxId = call.request.headers["roblox-id"];
		const admission = serving.gate.admit(identity, {
			scope: endpoint.scope,
			address: call.address,
			robloxId: typeof robloxId === "string" ? robloxId : undefined,
			claimedPlaceId: claimedPlaceOf(input.body),
		});
		return call.after(admission, (admitted) => {
			if (admitted instanceof Problem) return call.refuse(admitted);
			return handle(call, admitted, input);
		});
	}

	function handle(call: Call, admission: Admission, input: Input): void {
		const context: CallContext = { requestId: call.requestId, address: call.address, admission };
		if (caller !== "admin") {
			return call.finish(handler(context as never, input as never), admission.limits);
		}
		const { accountId = "", id: keyId } = admission.identity.key.value.record;
		return call.after(serving.accounts.get(accountId), ({ value: account }) => {
			if (account === undefined) return call.refuseUnknown(new Problem("key_unknown"));
			const actor = { type: "account", id: account.id, keyId } as const;
			const author = { actor, address: call.address };
			const management: ManagementContext = { ...context, account, author };
			return call.finish(handler(management as never, input as never), admission.limits);
		});
	}
}

/** One call under way. */
class Call {
	readonly requestId = randomUUID();
	readonly address: string;
	keyId: string | undefined;
	readonly #startedAt: number;

	constructor(
		private readonly endpoint: Endpoint,
		private readonly serving: Serving,
		private readonly record: (code: string, ms: number) => void,
		readonly request: IncomingMessage,
		private readonly response: ServerResponse,
	) {
		this.address = serving.addressOf(request);
		this.#startedAt = serving.clock.monotonic();
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
			if (answer instanceof Problem) return this.refuse(answer);
			const { status } = this.endpoint;
			if (status === 204) writeEmpty(this.response, this.requestId, limits);
			else writeJson(this.response, status, this.requestId, answer, limits);
			this.#done(status, "ok");
		});
	}

	refuse(problem: Problem): void {
		writeProblem(this.response, this.requestId, problem);
		this.#done(problem.entry.status, problem.code, problem.details.detail);
	}

	/** Refuses a call without a valid token, which counts against its address. */
	refuseUnknown(problem: Problem): void {
		this.refuse(this.serving.failures.failed(this.address, problem));
	}

	#fail(error: unknown): void {
		const problem = problemOf(error);
		if (problem.code === "internal") {
			this.serving.logger.error(
				{ err: error, requestId: this.requestId, endpoint: this.endpoint.name },
				"bug",
			);
		} else if (error instanceof StoreUnavailable) {
			this.serving.logger.warn({ requestId: this.requestId, reason: error.message }, "database out of reach");
		}
		if (this.response.headersSent) this.response.destroy();
		else this.refuse(problem);
	}

	#done(status: number, code: string, detail?: string): void {
		const ms = this.serving.clock.monotonic() - this.#startedAt;
		this.record(code, ms);
		if (status < 400 && !this.serving.logger.isLevelEnabled("debug")) return;
		const { requestId, address, keyId, endpoint } = this;
		logCall(this.serving.logger, {
			requestId,
			endpoint: endpoint.name,
			status,
			code,
			ms,
			address,
			keyId,
			detail,
		});
	}
}

/** Seconds a caller is told to wait when the database is out of reach. */
const unavailableRetrySeconds = 2;

export function problemOf(error: unknown): Problem {
	if (error instanceof Problem) return error;
	if (error instanceof StoreUnavailable) {
		return new Problem("unavailable", { retryAfterSeconds: unavailableRetrySeconds });
	}
	return new Problem("internal");
}

function claimedPlaceOf(body: unknown): string | undefined {
	if (typeof body !== "object" || body === null || !("placeId" in body)) return undefined;
	return typeof body.placeId === "string" ? body.placeId : undefined;
}
