import type { Handlers } from "../../server/api/handler.js";
import type { EndpointDeps } from "../../server/http/endpointDeps.js";
import { endpointServers } from "../../server/http/endpointServers.js";
import { endpoints } from "../../shared/endpoints/index.js";

const deps = { metrics: { recorder: () => () => {} } } as unknown as EndpointDeps;

/** Handlers as a build without type checks could leave them. */
function handlersFor(names: readonly string[]): Handlers {
	return Object.fromEntries(names.map((name) => [name, () => undefined])) as unknown as Handlers;
}

describe("handlers and the contract", () => {
	const names = Object.keys(endpoints);

	it("serves exactly the endpoints of the contract", () => {
		expect([...endpointServers(handlersFor(names), deps).keys()]).toEqual(names);
	});

	it("does not start if an endpoint has no handler", () => {
		const without = handlersFor(names.filter((name) => name !== "keys.rotate"));
		expect(() => endpointServers(without, deps)).toThrow("no handler: keys.rotate");
	});

	it("does not start if a handler has no endpoint", () => {
		const surplus = handlersFor([...names, "keys.forget"]);
		expect(() => endpointServers(surplus, deps)).toThrow("no endpoint: keys.forget");
	});
});
