import type { EndpointOutput } from "../shared/endpoint.js";
import type { verify } from "../shared/endpoints/verify.js";
import type { CallError } from "./results.js";

/** What the server returned about the key: its workspace, what the key may do, and the place. */
export type Verified = EndpointOutput<typeof verify>;

/**
 * - `verified`: the server verified the key, or its last verification is still in force (`stale`).
 * - `denied`: the server denied the key.
 * - `unreachable`: there is no response to rely on; `error` has the cause.
 * - `unknown`: nothing was sent yet. Handlers never receive it.
 */
export type VerificationStatus = "verified" | "denied" | "unreachable" | "unknown";

export interface VerificationState {
	readonly status: VerificationStatus;
	/** Verified, but the last attempt to renew the verification failed. */
	readonly stale: boolean;
	/** The server's last verification, while verified. */
	readonly value?: Verified;
	/** When the server verified the key, in seconds since 1970. */
	readonly verifiedAt?: number;
	/** Why the key is not verified, or why the verification is stale. */
	readonly error?: CallError;
}
