import type { EndpointOutput } from "../shared/endpoint.js";
import type { verify } from "../shared/endpoints/verify.js";
import type { CallError } from "./results.js";

/** What the server said of the key: its workspace, what the key may do, and the place. */
export type Verified = EndpointOutput<typeof verify>;

/**
 * - `verified`: the server said yes, or its last yes stands in (`stale`).
 * - `denied`: the server said no.
 * - `unreachable`: no answer to rely on; `error` says why.
 * - `unknown`: nobody has asked yet. Never sent to a handler.
 */
export type VerificationStatus = "verified" | "denied" | "unreachable" | "unknown";

export interface VerificationState {
	readonly status: VerificationStatus;
	/** Verified, but the last attempt to renew it failed. */
	readonly stale: boolean;
	/** The server's last yes, while verified. */
	readonly value?: Verified;
	/** When the server said so, in seconds since 1970. */
	readonly verifiedAt?: number;
	/** Why not, or why stale. */
	readonly error?: CallError;
}
