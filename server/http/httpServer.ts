import { createServer, type RequestListener, type Server } from "node:http";
import { verify } from "../../shared/endpoints/verify.js";
import type { EndpointDeps, EndpointServer } from "./endpointServer.js";
import { isMissingHost, rejectWithoutHost, respondToMalformed } from "./malformed.js";

const noParams = {};

/**
 * The http server with its two doors: the fast lane hands `POST /v1/verify`
 * straight to its endpoint server, everything else goes through Express, which
 * mounts the same endpoint server. Without the fast lane Express takes all.
 */
export function createHttpServer(
	express: RequestListener,
	verifyServer: EndpointServer,
	fastPath: boolean,
	deps: Pick<EndpointDeps, "calls" | "addressOf" | "clock">,
): Server {
	const listener: RequestListener = (request, response) => {
		if (isMissingHost(request)) rejectWithoutHost(request, response, deps);
		else if (fastPath && request.url === verify.path && request.method === verify.method) {
			verifyServer(request, response, noParams);
		} else express(request, response);
	};
	const options = {
		// A game server's Roblox keeps connections open between calls; a stalled request must not hold one for ever.
		keepAliveTimeout: 75_000,
		requestTimeout: 30_000,
		// Looked at above: Node's own refusal has no body.
		requireHostHeader: false,
	};
	const server = createServer(options, listener);
	respondToMalformed(server, deps);
	return server;
}
