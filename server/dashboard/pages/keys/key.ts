import type { EndpointOutput } from "@shared/endpoint.js";
import type { getKey } from "@shared/endpoints/keys.js";
import type { keyWithToken } from "@shared/endpoints/records.js";
import type { Infer } from "@shared/schema.js";

export type Key = EndpointOutput<typeof getKey>;
export type IssuedKey = Infer<typeof keyWithToken>;

/** The kinds of the keys that a workspace holds. */
export type KeyKind = "game" | "service";

/** Whether the token before the last rotation is still good. The server leaves the moment out once it is past. */
export function isInOverlap({ previousValidUntil, state }: Key, now: Date): boolean {
	if (previousValidUntil === undefined || state === "revoked") return false;
	return new Date(previousValidUntil) > now;
}
