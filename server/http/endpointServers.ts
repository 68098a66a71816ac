import { endpoints } from "../../shared/endpoints/index.js";
import type { Handlers } from "../api/handler.js";
import type { InputRules } from "../api/inputRules.js";
import type { EndpointDeps } from "./endpointDeps.js";
import { type EndpointServer, endpointServer } from "./endpointServer.js";
import type { AnyInputRule } from "./input.js";

export type EndpointServers = ReadonlyMap<string, EndpointServer>;

/**
 * A server for every endpoint of the contract, by name. Throws if an endpoint
 * has no handler or a handler no endpoint: the compiler reports that too, but a
 * build may skip type checks.
 */
export function endpointServers(
	handlers: Handlers,
	deps: EndpointDeps,
	rules: InputRules = {},
): EndpointServers {
	const surplus = Object.keys(handlers).filter((name) => !Object.hasOwn(endpoints, name));
	const missing = Object.keys(endpoints).filter((name) => !Object.hasOwn(handlers, name));
	if (surplus.length > 0) throw new TypeError(`These handlers have no endpoint: ${surplus.join(", ")}.`);
	if (missing.length > 0) throw new TypeError(`These endpoints have no handler: ${missing.join(", ")}.`);
	return new Map(
		Object.values(endpoints).map((endpoint) => [
			endpoint.name,
			endpointServer(
				endpoint,
				handlers[endpoint.name],
				deps,
				rules[endpoint.name] as AnyInputRule | undefined,
			),
		]),
	);
}
