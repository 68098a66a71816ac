import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Endpoint } from "../../shared/endpoint.js";
import type { PublicContext } from "../api/handler.js";
import { JsonLines, PreparedJson, SessionChange } from "../api/results.js";
import { type LimitReport, Problem } from "../core/problem.js";
import type { EndpointDeps } from "./endpointDeps.js";
import type { Params } from "./input.js";
import { writeJsonLines } from "./jsonLines.js";
import type { locationWriter } from "./location.js";
import { problemOf } from "./problemOf.js";
import { writeEmpty, writeJson, writeProblem } from "./response.js";
import { sessionCookie } from "./sessionCookie.js";

/** One request to an endpoint: what is known of it, and its one response, which is logged and counted. */
export class ApiRequest {
	readonly requestId = randomUUID();
	readonly address: string;
	/** The Roblox-Id header as sent. */
	readonly robloxId: string | undefined;
	keyId: string | undefined;
	/** The account that is signed in. */
	accountId: string | undefined;
	/** The workspace whose key was granted access: the request is part of its activity. */
	grantedIn: string | undefined;
	/** The workspace whose key was denied. */
	#deniedIn: string | undefined;
	/** What was thrown, for the log. */
	#thrown: unknown;
	readonly #startedAt: number;

	constructor(
		private readonly endpoint: Endpoint,
		private readonly deps: EndpointDeps,
		private readonly recordMetrics: (code: string, ms: number) => void,
		readonly incoming: IncomingMessage,
		private readonly response: ServerResponse,
		private readonly params: Params,
		private readonly locationOf: ReturnType<typeof locationWriter>,
	) {
		this.address = deps.addressOf(incoming);
		const robloxId = incoming.headers["roblox-id"];
		this.robloxId = typeof robloxId === "string" ? robloxId : undefined;
		this.#startedAt = deps.clock.monotonic();
	}

	context(): PublicContext {
		const userAgent = this.incoming.headers["user-agent"];
		return { requestId: this.requestId, address: this.address, userAgent };
	}

	/** Runs a step. If it throws, the request fails. */
	guard(step: () => void): void {
		try {
			step();
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Continues with a value, synchronously unless it is a promise. */
	whenReady<T>(value: T | Promise<T>, next: (value: T) => void): void {
		if (value instanceof Promise) {
			value.then((ready) => this.guard(() => next(ready))).catch((error) => this.#fail(error));
		} else next(value);
	}

	/** Responds with what a handler returned. */
	respond(output: unknown, limits: readonly LimitReport[]): void {
		this.whenReady(output, (result) => {
			if (result instanceof Problem) {
				return result.code === "link_invalid" ? this.sendAuthFailure(result) : this.sendProblem(result);
			}
			if (result instanceof SessionChange) {
				const cookie = sessionCookie(result.token, this.deps.secureSessions(this.incoming));
				this.response.setHeader("Set-Cookie", cookie);
				return this.respond(result.response, limits);
			}
			this.#describe(result);
			const { status } = this.endpoint;
			if (result instanceof JsonLines) {
				const written = writeJsonLines(this.response, status, this.requestId, result, limits);
				return this.whenReady(written, () => this.#finish(status, "ok"));
			}
			if (status === 204) writeEmpty(this.response, this.requestId, limits);
			else writeJson(this.response, status, this.requestId, result, limits);
			this.#finish(status, "ok");
		});
	}

	/** Sets the headers of a success that created a record, or repeats the response of an earlier request. */
	#describe(result: unknown): void {
		const { locationOf, params, incoming, response } = this;
		const prepared = result instanceof PreparedJson ? result : undefined;
		if (prepared?.replayed) response.setHeader("Idempotent-Replayed", "true");
		if (locationOf === undefined) return;
		const body = prepared === undefined ? result : JSON.parse(prepared.text);
		response.setHeader("Location", locationOf(incoming.url ?? "", params, body as object));
	}

	sendProblem(problem: Problem): void {
		this.#deniedIn = problem.deniedIn;
		this.accountId ??= problem.notSignedInTo;
		writeProblem(this.response, this.requestId, problem);
		this.#finish(problem.entry.status, problem.code, problem.details.detail);
	}

	/** For a request without a valid token, session or link: it counts as a failure of its address. */
	sendAuthFailure(problem: Problem): void {
		this.sendProblem(this.deps.failures.countFailure(this.address, problem));
	}

	#fail(error: unknown): void {
		const problem = problemOf(error);
		this.#thrown = error;
		if (!this.response.headersSent) return this.sendProblem(problem);
		// In the middle of a response only a broken connection can show that it failed.
		this.response.destroy();
		this.#finish(problem.entry.status, problem.code);
	}

	#finish(status: number, code: string, detail?: string): void {
		const ms = this.deps.clock.monotonic() - this.#startedAt;
		this.recordMetrics(code, ms);
		const workspaceId = this.grantedIn ?? this.#deniedIn;
		if (workspaceId !== undefined) {
			const { activity, clock } = this.deps;
			activity.count(workspaceId, this.grantedIn !== undefined, clock.now(), ms);
		}
		const { accessLog } = this.deps;
		if (status < 400 && !accessLog.logsSuccess) return;
		const { requestId, address, keyId, accountId, endpoint } = this;
		accessLog.write(
			{ requestId, endpoint: endpoint.name, status, code, ms, address, keyId, accountId, detail },
			this.#thrown,
		);
	}
}
