import type { Domain } from "./domain.js";
import type { Handlers } from "./handler.js";
import type { Gate } from "./keys/gate.js";
import { keyHandlers } from "./keys/handlers.js";
import { introspectHandler } from "./keys/introspect.js";
import { verifyHandler } from "./keys/verify.js";
import { placeHandlers } from "./places/handlers.js";
import { workspaceHandlers } from "./workspaces/handlers.js";

/** Every endpoint's handler, by the endpoint's name. */
export function createHandlers(domain: Domain, gate: Gate, ready: Handlers["health.ready"]): Handlers {
	return {
		...workspaceHandlers(domain),
		...placeHandlers(domain),
		...keyHandlers(domain),
		verify: verifyHandler(domain.clock),
		"keys.introspect": introspectHandler(gate, domain.clock),
		"health.live": () => ({ status: "ok" }),
		"health.ready": ready,
	};
}
