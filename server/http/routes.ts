import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import { endpoints } from "../../shared/endpoints/index.js";
import { Problem } from "../core/problem.js";
import { contentPolicy } from "./contentPolicy.js";
import type { EndpointServers } from "./endpointServers.js";
import { problemOf } from "./problemOf.js";
import { writeAllow } from "./response.js";
import { rejectUnrouted, startUnrouted, type UnroutedDeps } from "./unroutedRequest.js";

/**
 * Mounts every endpoint of the contract on Express, then the pages, then the
 * responses for everything else. Express's own parsers are not used: endpoints
 * read their bodies themselves, as they do on the fast path.
 */
export function createRoutes(servers: EndpointServers, pages: express.Router, deps: UnroutedDeps): Express {
	const app = express();
	const reject = (request: Request, response: Response, problem: Problem) => {
		startUnrouted(request, response, deps);
		rejectUnrouted(response, problem);
	};
	app.disable("x-powered-by");
	app.disable("etag");
	// A proxy that keeps /metrics in compares paths as they are: no other spelling may lead there.
	app.enable("case sensitive routing");
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
				writeAllow(response, startUnrouted(request, response, deps).requestId, allow);
			} else reject(request, response, new Problem("method_not_allowed", { allow }));
		});
	}
	app.use((request: Request, response: Response, next: NextFunction) => {
		response.setHeader("X-Request-Id", startUnrouted(request, response, deps).requestId);
		next();
	});
	app.use(helmet({ contentSecurityPolicy: contentPolicy, strictTransportSecurity: false }), pages);
	app.use((request: Request, response: Response) => reject(request, response, new Problem("not_found")));
	app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
		// Express's router throws this for a path that is not valid percent-encoding.
		const problem = error instanceof URIError ? new Problem("not_found") : problemOf(error);
		const unrouted = startUnrouted(request, response, deps);
		unrouted.error = error;
		if (!response.headersSent) return reject(request, response, problem);
		const { requestId } = unrouted;
		const { status } = problem.entry;
		const address = deps.addressOf(request);
		deps.accessLog.write({ requestId, endpoint: "none", status, code: problem.code, ms: 0, address }, error);
		return next(error);
	});
	return app;
}
