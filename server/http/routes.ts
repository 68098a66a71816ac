import { randomUUID } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import { endpoints } from "../../shared/endpoints/index.js";
import { Problem } from "../core/problem.js";
import { contentPolicy } from "./contentPolicy.js";
import { type EndpointDeps, problemOf } from "./endpointServer.js";
import type { EndpointServers } from "./endpointServers.js";
import { writeAllow, writeProblem } from "./response.js";

/**
 * Mounts every endpoint of the contract on Express, then the pages, then the
 * answers for what is not there. Express's own parsers are not used: endpoints
 * read their bodies themselves, the same through both doors.
 */
export function createRoutes(
	servers: EndpointServers,
	pages: express.Router,
	deps: Pick<EndpointDeps, "calls" | "addressOf" | "clock">,
): Express {
	const app = express();
	const refuse = (request: Request, response: Response, problem: Problem) => {
		const call = begin(request, response, deps);
		call.code = problem.code;
		writeProblem(response, call.requestId, problem);
	};
	app.disable("x-powered-by");
	app.disable("etag");
	const methodsByPath = new Map<string, string[]>();
	for (const endpoint of Object.values(endpoints)) {
		const serve = servers.get(endpoint.name);
		if (serve === undefined) throw new TypeError(`The endpoint ${endpoint.name} has no handler.`);
		const method = endpoint.method.toLowerCase() as "get" | "post" | "put" | "patch" | "delete";
		app[method](endpoint.path, (request: Request, response: Response) =>
			serve(request, response, request.params),
		);
		const methods = methodsByPath.get(endpoint.path) ?? [];
		methods.push(...(endpoint.method === "GET" ? ["GET", "HEAD"] : [endpoint.method]));
		methodsByPath.set(endpoint.path, methods);
	}
	for (const [path, methods] of methodsByPath) {
		const allow = [...methods, "OPTIONS"].join(", ");
		app.all(path, (request: Request, response: Response) => {
			if (request.method === "OPTIONS") {
				writeAllow(response, begin(request, response, deps).requestId, allow);
			} else refuse(request, response, new Problem("method_not_allowed", { allow }));
		});
	}
	app.use((request: Request, response: Response, next: NextFunction) => {
		response.setHeader("X-Request-Id", begin(request, response, deps).requestId);
		next();
	});
	app.use(helmet({ contentSecurityPolicy: contentPolicy, strictTransportSecurity: false }), pages);
	app.use((request: Request, response: Response) => refuse(request, response, new Problem("not_found")));
	app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
		// Pages hand their problems to `next`.
		if (error instanceof Problem) return refuse(request, response, error);
		// Express's router throws this for a path that is not valid percent-encoding.
		const problem = error instanceof URIError ? new Problem("not_found") : problemOf(error);
		const call = begin(request, response, deps);
		call.error = error;
		if (response.headersSent) {
			const { requestId } = call;
			const { status } = problem.entry;
			const address = deps.addressOf(request);
			deps.calls.write({ requestId, endpoint: "none", status, code: problem.code, ms: 0, address }, error);
			return next(error);
		}
		return refuse(request, response, problem);
	});
	return app;
}

/** A call that no endpoint took. */
interface OtherCall {
	readonly requestId: string;
	/** As in the log. */
	code: string;
	/** Why it failed, if something was thrown. */
	error?: unknown;
}

/** Gives such a call its id, once, and its line in the log when it is answered. */
function begin(
	request: Request,
	response: Response,
	{ calls, addressOf, clock }: Pick<EndpointDeps, "calls" | "addressOf" | "clock">,
): OtherCall {
	const begun: OtherCall | undefined = response.locals.call;
	if (begun !== undefined) return begun;
	const call: OtherCall = { requestId: randomUUID(), code: "ok" };
	response.locals.call = call;
	const startedAt = clock.monotonic();
	const address = addressOf(request);
	response.once("finish", () => {
		const ms = clock.monotonic() - startedAt;
		const { requestId, code, error } = call;
		calls.write({ requestId, code, endpoint: "none", status: response.statusCode, ms, address }, error);
	});
	return call;
}
