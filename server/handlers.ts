import { accountHandlers } from "./accounts/accountHandlers.js";
import { accountsHandlers } from "./accounts/accountsHandlers.js";
import { invitationHandlers } from "./accounts/invitationHandlers.js";
import { memberHandlers } from "./accounts/memberHandlers.js";
import { sessionHandlers } from "./accounts/sessionHandlers.js";
import type { SignIn } from "./accounts/signIn.js";
import { activityHandlers } from "./activity/handlers.js";
import { auditHandlers } from "./audit/handlers.js";
import { denialHandlers } from "./denials/handlers.js";
import type { Domain } from "./domain.js";
import type { Handlers } from "./handler.js";
import { accountKeyHandlers } from "./keys/accountKeyHandlers.js";
import type { Gate } from "./keys/gate.js";
import { keyHandlers } from "./keys/handlers.js";
import { introspectHandler } from "./keys/introspect.js";
import { secretProof } from "./keys/secretProof.js";
import { verifyHandler } from "./keys/verify.js";
import { placeHandlers } from "./places/handlers.js";
import { usageHandlers } from "./usage/handlers.js";
import { workspaceHandlers } from "./workspaces/handlers.js";

export interface HandlerParts {
	readonly domain: Domain;
	readonly gate: Gate;
	readonly signIn: SignIn;
	/** What a path is called from outside. */
	readonly linkTo: (path: string) => string;
	readonly ready: Handlers["health.ready"];
}

/** Every endpoint's handler, by the endpoint's name. */
export function createHandlers({ domain, gate, signIn, linkTo, ready }: HandlerParts): Handlers {
	return {
		...sessionHandlers(domain, signIn),
		...accountHandlers(domain, signIn),
		...accountKeyHandlers(domain),
		...accountsHandlers(domain, linkTo),
		...memberHandlers(domain),
		...invitationHandlers(domain, linkTo),
		...workspaceHandlers(domain),
		...placeHandlers(domain),
		...keyHandlers(domain),
		...auditHandlers(domain),
		...usageHandlers(domain),
		...activityHandlers(domain),
		...denialHandlers(domain),
		verify: verifyHandler(domain.clock),
		"keys.introspect": introspectHandler(gate, domain.clock),
		"health.live": async (_context, { query: { challenge } }) => ({
			status: "ok",
			proof: challenge === undefined ? undefined : await secretProof(domain.secrets.current, challenge),
		}),
		"health.ready": ready,
	};
}
