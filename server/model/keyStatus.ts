import type { KeyRecord, KeyStatus } from "./key.js";

const dayMs = 86_400_000;

/**
 * The status of a key at a moment. When several apply, the most final one is
 * returned: revoked, disabled, expired, idle.
 *
 * `lastUsedAt`: the last accepted request, milliseconds since the epoch. Without
 * one, the idle time starts at the key's creation; a rotation restarts it.
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

/** When the key becomes idle unless it is used until then, milliseconds since the epoch. */
export function idleAt(key: KeyRecord, idleDays: number, lastUsedAt = 0): number {
	return Math.max(key.createdAt, key.rotatedAt ?? 0, lastUsedAt) + idleDays * dayMs;
}
