import type { KeyRecord } from "./key.js";

/** The state of a key as far as time has no say in it: `live` is active, idle or expired. */
export type StoredKeyState = "live" | "disabled" | "revoked";

export function storedKeyState({
	revokedAt,
	disabledAt,
}: Pick<KeyRecord, "revokedAt" | "disabledAt">): StoredKeyState {
	if (revokedAt !== undefined) return "revoked";
	return disabledAt === undefined ? "live" : "disabled";
}

/** The standing of all keys in a state. */
export function storedStateFor(state: "active" | "expired" | "disabled" | "revoked"): StoredKeyState {
	return state === "active" || state === "expired" ? "live" : state;
}
