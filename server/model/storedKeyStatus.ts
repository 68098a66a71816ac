import type { KeyRecord } from "./key.js";

/** The part of a key's status that does not depend on the time: `live` is active, idle or expired. */
export type StoredKeyStatus = "live" | "disabled" | "revoked";

export function storedKeyStatus({
	revokedAt,
	disabledAt,
}: Pick<KeyRecord, "revokedAt" | "disabledAt">): StoredKeyStatus {
	if (revokedAt !== undefined) return "revoked";
	return disabledAt === undefined ? "live" : "disabled";
}

/** The stored status of all keys with a status. */
export function storedStatusFor(status: "active" | "expired" | "disabled" | "revoked"): StoredKeyStatus {
	return status === "active" || status === "expired" ? "live" : status;
}
