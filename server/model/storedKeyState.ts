import type { KeyRecord } from "./key.js";

/** The state of a key as far as time has no say in it: `live` is active, idle or expired. */
export type KeyStanding = "live" | "disabled" | "revoked";

export function keyStanding({
	revokedAt,
	disabledAt,
}: Pick<KeyRecord, "revokedAt" | "disabledAt">): KeyStanding {
	if (revokedAt !== undefined) return "revoked";
	return disabledAt === undefined ? "live" : "disabled";
}

/** The standing of all keys in a state. */
export function standingIn(state: "active" | "expired" | "disabled" | "revoked"): KeyStanding {
	return state === "active" || state === "expired" ? "live" : state;
}
