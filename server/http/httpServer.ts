import { createServer, type RequestListener, type Server } from "node:http";
import { verify } from "../../shared/endpoints/verify.js";
import type { EndpointServer } from "./endpointServer.js";
import { isMissingHost, type MalformedDeps, rejectMissingHost, respondToMalformed } from "./malformed.js";

const noParams = {};

/**
 * The HTTP server. The fast path hands `POST /v1/verify` straight to its
 * endpoint server. All other requests go through Express, which mounts the same
 * endpoint server and handles everything if the fast path is off.
 */
export function createHttpServer(
	express: RequestListener,
	verifyServer: EndpointServer,
	fastPath: boolean,
	deps: MalformedDeps,
): Server {
	const listener: RequestListener = (request, response) => {
		if (isMissingHost(request)) rejectMissingHost(request, response, deps);
		else if (fastPath && request.url === verify.path && request.method === verify.method) {
			verifyServer(request, response, noParams);
		} else express(request, response);
	};
	const options = {
		// Roblox keeps a game server's connections open between requests; a stalled request must not hold one forever.
		keepAliveTimeout: 75_000,
		requestTimeout: 30_000,
		// The listener checks it: Node's own response has no body.
		requireHostHeader: false,
	};
	const server = createServer(options, listener);
	respondToMalformed(server, deps);
	return server;
}
