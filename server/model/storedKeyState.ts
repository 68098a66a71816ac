import type { KeyRecord } from "./key.js";

/** The part of a key's state that does not depend on the time: `live` is active, idle or expired. */
export type StoredKeyState = "live" | "disabled" | "revoked";

export function storedKeyState({
	revokedAt,
	disabledAt,
}: Pick<KeyRecord, "revokedAt" | "disabledAt">): StoredKeyState {
	if (revokedAt !== undefined) return "revoked";
	return disabledAt === undefined ? "live" : "disabled";
}

/** The stored state of all keys in a state. */
export function storedStateFor(state: "active" | "expired" | "disabled" | "revoked"): StoredKeyState {
	return state === "active" || state === "expired" ? "live" : state;
}
