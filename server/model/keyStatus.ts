import type { KeyRecord, KeyStatus } from "./key.js";

const dayMs = 86_400_000;

/**
 * The status of a key at a moment. When several apply the most final one is
 * named: revoked, disabled, expired, idle.
 *
 * `lastUsedAt`: last accepted call, milliseconds since the epoch. A key that
 * was never used counts from its creation, and rotating starts the count anew.
 */
export function keyStatus(
	key: KeyRecord,
	now: number,
	idle: { readonly idleDays?: number; readonly lastUsedAt?: number },
): KeyStatus {
	if (key.revokedAt !== undefined) return "revoked";
	if (key.disabledAt !== undefined) return "disabled";
	if (key.expiresAt !== undefined && now >= key.expiresAt) return "expired";
	if (idle.idleDays !== undefined && now >= idleAt(key, idle.idleDays, idle.lastUsedAt)) return "idle";
	return "active";
}

/** When the key becomes idle unless it is used before, milliseconds since the epoch. */
export function idleAt(key: KeyRecord, idleDays: number, lastUsedAt = 0): number {
	return Math.max(key.createdAt, key.rotatedAt ?? 0, lastUsedAt) + idleDays * dayMs;
}
