import { createClient, type PlacelockClient } from "./client.js";
import { endpoints } from "./endpoints.js";
import { type ConnectOptions, readOptions } from "./options/options.js";
import { isServer, readPlatform } from "./platform.js";

export type { Endpoint, EndpointOutput, EndpointRequest } from "../shared/endpoint.js";
export type { ErrorCode } from "../shared/errors.js";
export type { PlacelockClient, VerifyOptions } from "./client.js";
export type { RouteRequest, RouteResponse } from "./http/routeRequest.js";
export type { ConnectOptions, Logger, LogLevel } from "./options/options.js";
export type { Key } from "./options/secrets.js";
export type { StudioMode } from "./options/studio.js";
export type { CallError, CallResult, ErrorKind, Failure, Success } from "./results.js";
export type { Connection, Signal } from "./signal.js";
export type { VerificationState, VerificationStatus, Verified } from "./state.js";

/** Reports a mistake at the line that called `connect`. */
const callerLevel = 3;

/**
 * Creates a connection to a Placelock server. Does not yield. Throws if an option
 * is invalid or if it runs on a client.
 */
export function connect(options: ConnectOptions): PlacelockClient {
	if (!isServer()) {
		error(
			"Placelock runs on the server only: on a client, every player could read the key. Move the module and the script that uses it to ServerScriptService.",
			callerLevel - 1,
		);
	}
	return createClient(readOptions(options, callerLevel), readPlatform());
}

/** The module under its own name, so that `Placelock.connect(…)` reads the same in roblox-ts and in Luau. */
export const Placelock = { connect, endpoints };

export { endpoints };
