import type { EndpointOutput } from "@shared/endpoint.js";
import type { getKey } from "@shared/endpoints/keys.js";
import type { keyWithToken } from "@shared/endpoints/records.js";
import type { Infer } from "@shared/schema.js";

export type Key = EndpointOutput<typeof getKey>;
export type IssuedKey = Infer<typeof keyWithToken>;

/** The kinds of keys a workspace holds. */
export type KeyKind = "game" | "service";

/** Whether the old token is still valid after a rotation. The server omits the time once it has passed. */
export function isInOverlap({ previousValidUntil, status }: Key, now: Date): boolean {
	if (previousValidUntil === undefined || status === "revoked") return false;
	return new Date(previousValidUntil) > now;
}
