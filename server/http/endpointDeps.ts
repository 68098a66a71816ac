import type { IncomingMessage } from "node:http";
import type { ActivityBuffer } from "../activity/activityBuffer.js";
import type { FailureLimiter } from "../keys/failureLimiter.js";
import type { Gate } from "../keys/gate.js";
import type { Clock } from "../primitives/clock.js";
import type { ResponseCipher } from "../secrets/responseCipher.js";
import type { Store } from "../store/store.js";
import type { AccessLog } from "./accessLog.js";
import type { Metrics } from "./metrics.js";

/** What serving an endpoint needs. */
export interface EndpointDeps {
	readonly gate: Gate;
	readonly failures: FailureLimiter;
	readonly store: Store;
	/** Whether the browser connected over https. */
	readonly secureSessions: (request: IncomingMessage) => boolean;
	/** The origin of PUBLIC_URL, if it is set: where the server's own pages come from. */
	readonly ownOrigin: string | undefined;
	readonly responseCipher: ResponseCipher;
	readonly activity: ActivityBuffer;
	readonly clock: Clock;
	readonly accessLog: AccessLog;
	readonly metrics: Metrics;
	readonly addressOf: (request: IncomingMessage) => string;
}
