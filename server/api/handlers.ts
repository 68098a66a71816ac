import type { SignIn } from "../accounts/signIn.js";
import type { Services } from "../core/context.js";
import type { Gate } from "../keys/gate.js";
import { secretProof } from "../secrets/secretProof.js";
import { accountHandlers } from "./accountHandlers.js";
import { accountKeyHandlers } from "./accountKeyHandlers.js";
import { accountsHandlers } from "./accountsHandlers.js";
import { activityHandlers } from "./activityHandlers.js";
import { auditHandlers } from "./auditHandlers.js";
import { denialHandlers } from "./denialsHandlers.js";
import type { Handlers } from "./handler.js";
import { introspectHandler } from "./introspect.js";
import { invitationHandlers } from "./invitationHandlers.js";
import { keyHandlers } from "./keysHandlers.js";
import { memberHandlers } from "./memberHandlers.js";
import { placeHandlers } from "./placesHandlers.js";
import { sessionHandlers } from "./sessionHandlers.js";
import { usageHandlers } from "./usageHandlers.js";
import { verifyHandler } from "./verify.js";
import { workspaceHandlers } from "./workspacesHandlers.js";

export interface HandlerDeps {
	readonly services: Services;
	readonly gate: Gate;
	readonly signIn: SignIn;
	/** Turns a path into a public URL. */
	readonly linkTo: (path: string) => string;
	readonly ready: Handlers["health.ready"];
}

/** Every endpoint's handler, by the endpoint's name. */
export function createHandlers({ services, gate, signIn, linkTo, ready }: HandlerDeps): Handlers {
	return {
		...sessionHandlers(services, signIn),
		...accountHandlers(services, signIn),
		...accountKeyHandlers(services),
		...accountsHandlers(services, linkTo),
		...memberHandlers(services),
		...invitationHandlers(services, linkTo),
		...workspaceHandlers(services),
		...placeHandlers(services),
		...keyHandlers(services),
		...auditHandlers(services),
		...usageHandlers(services),
		...activityHandlers(services),
		...denialHandlers(services),
		verify: verifyHandler(services.clock),
		"keys.introspect": introspectHandler(gate, services.clock),
		"health.live": async (_context, { query: { challenge } }) => ({
			status: "ok",
			proof: challenge === undefined ? undefined : await secretProof(services.secrets.current, challenge),
		}),
		"health.ready": ready,
	};
}
