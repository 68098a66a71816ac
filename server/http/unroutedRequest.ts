import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { Problem } from "../core/problem.js";
import type { EndpointDeps } from "./endpointDeps.js";
import { writeProblem } from "./response.js";

/** A request that no endpoint takes: for a page, a file, or nothing that exists. */
export interface UnroutedRequest {
	readonly requestId: string;
	/** As in the log. */
	code: string;
	/** What was thrown, if it failed for that. */
	error?: unknown;
}

export type UnroutedDeps = Pick<EndpointDeps, "accessLog" | "addressOf" | "clock">;

/** Gives the request its ID, once, and logs it when it has its response. */
export function startUnrouted(
	request: Request,
	response: Response,
	{ accessLog, addressOf, clock }: UnroutedDeps,
): UnroutedRequest {
	const started = unroutedOf(response);
	if (started !== undefined) return started;
	const unrouted: UnroutedRequest = { requestId: randomUUID(), code: "ok" };
	response.locals.unrouted = unrouted;
	const startedAt = clock.monotonic();
	const address = addressOf(request);
	response.once("finish", () => {
		const ms = clock.monotonic() - startedAt;
		const { requestId, code, error } = unrouted;
		accessLog.write({ requestId, code, endpoint: "none", status: response.statusCode, ms, address }, error);
	});
	return unrouted;
}

/** Responds with a problem to a request that `startUnrouted` has seen. */
export function rejectUnrouted(response: Response, problem: Problem): void {
	const unrouted = unroutedOf(response);
	if (unrouted === undefined) throw new TypeError("The request was not started.");
	unrouted.code = problem.code;
	writeProblem(response, unrouted.requestId, problem);
}

function unroutedOf(response: Response): UnroutedRequest | undefined {
	return response.locals.unrouted;
}
