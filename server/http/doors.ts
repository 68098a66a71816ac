import { createServer, type RequestListener, type Server } from "node:http";
import { verify } from "../../shared/endpoints/verify.js";
import type { EndpointServer } from "./endpointServer.js";

const noParams = {};

/**
 * The http server with its two doors: the fast lane hands `POST /v1/verify`
 * straight to its endpoint server, everything else goes through Express, which
 * mounts the same endpoint server. Without the fast lane Express takes all.
 */
export function createDoors(
	express: RequestListener,
	verifyServer: EndpointServer,
	fastLane: boolean,
): Server {
	const listener: RequestListener = fastLane
		? (request, response) => {
				if (request.url === verify.path && request.method === verify.method) {
					verifyServer(request, response, noParams);
				} else express(request, response);
			}
		: express;
	// A game server's Roblox keeps connections open between calls; a stalled request must not hold one for ever.
	const server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 30_000 }, listener);
	return server;
}
