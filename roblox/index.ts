import { endpoints } from "../shared/endpoints/index.js";
import { createClient, type PlacelockClient } from "./client.js";
import { type ConnectOptions, readOptions } from "./options/options.js";
import { isServer, readEdges } from "./platform.js";

export type { Endpoint, EndpointOutput, EndpointRequest } from "../shared/endpoint.js";
export type { ErrorCode } from "../shared/errors.js";
export type { PlacelockClient, VerifyOptions } from "./client.js";
export type { CallOptions } from "./http/endpointCall.js";
export type { RouteAnswer, RouteRequest } from "./http/routeRequest.js";
export type { ConnectOptions, Logger, LogLevel } from "./options/options.js";
export type { Key } from "./options/secrets.js";
export type { StudioMode } from "./options/studio.js";
export type { CallError, CallResult, ErrorKind, Failure, Success } from "./results.js";
export type { Connection, Signal } from "./signal.js";
export type { VerificationState, VerificationStatus, Verified } from "./state.js";

/** So that a mistake is reported at the line that called connect. */
const callerLevel = 3;

/**
 * Connects to a Placelock server. Sends nothing yet. Throws for a mistake in
 * the options, and when it is called on a client.
 */
export function connect(options: ConnectOptions): PlacelockClient {
	if (!isServer()) {
		error(
			"Placelock runs on the server only: on a client every player could read the key. Move the module and the script that uses it to ServerScriptService.",
			callerLevel - 1,
		);
	}
	return createClient(readOptions(options, callerLevel), readEdges());
}

/** The module under its own name: `Placelock.connect(…)` reads the same in roblox-ts as in Luau. */
export const Placelock = { connect, endpoints };

export { endpoints };
