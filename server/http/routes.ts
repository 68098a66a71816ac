import { randomUUID } from "node:crypto";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { endpoints } from "../../shared/endpoints/index.js";
import { Problem } from "../problem.js";
import { writeAllow, writeProblem } from "./answer.js";
import { problemOf } from "./endpointServer.js";
import type { EndpointServers } from "./endpointServers.js";

/**
 * Mounts every endpoint of the contract on Express, then the pages, then the
 * answers for what is not there. Express's own parsers are not used: endpoints
 * read their bodies themselves, the same through both doors.
 */
export function createRoutes(servers: EndpointServers, pages: express.Router, logger: Logger): Express {
	const app = express();
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
	for (const [path, methods] of methodsByPath)
		app.all(path, otherMethods([...methods, "OPTIONS"].join(", ")));
	app.use(helmet({ contentSecurityPolicy: contentPolicy, strictTransportSecurity: false }), pages);
	app.use((_request: Request, response: Response) => {
		writeProblem(response, randomUUID(), new Problem("not_found"));
	});
	app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
		// Express's router throws this for a path that is not valid percent-encoding.
		const problem = error instanceof URIError ? new Problem("not_found") : problemOf(error);
		const requestId = randomUUID();
		if (problem.code === "internal") logger.error({ err: error, requestId }, "bug");
		if (response.headersSent) return next(error);
		return writeProblem(response, requestId, problem);
	});
	return app;
}

/** Pages are served whole from here: nothing is loaded from, or sent, anywhere else. */
const contentPolicy = {
	useDefaults: false,
	directives: {
		defaultSrc: ["'none'"],
		scriptSrc: ["'self'"],
		styleSrc: ["'self'"],
		imgSrc: ["'self'", "data:"],
		fontSrc: ["'self'"],
		connectSrc: ["'self'"],
		baseUri: ["'none'"],
		formAction: ["'self'"],
		frameAncestors: ["'none'"],
	},
};

function otherMethods(allow: string) {
	return (request: Request, response: Response) => {
		if (request.method === "OPTIONS") writeAllow(response, randomUUID(), allow);
		else writeProblem(response, randomUUID(), new Problem("method_not_allowed", { allow }));
	};
}
