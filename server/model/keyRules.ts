import type { KeyRecord } from "./key.js";

export type KeyCreationObstacle = "workspace_missing" | NewKeyObstacle;
export type NewKeyObstacle = "name_taken" | "limit_reached";

/**
 * Why a key cannot be created; undefined when it can. `remaining`: how many more
 * keys the workspace or account may have; undefined when it does not exist.
 */
export function keyCreationObstacle(facts: {
	readonly remaining: number | undefined;
	readonly nameTaken: boolean;
}): KeyCreationObstacle | undefined {
	const { remaining, nameTaken } = facts;
	return remaining === undefined ? "workspace_missing" : newKeyObstacle({ remaining, nameTaken });
}

/** The same for an owner that exists. A taken name is reported before the limit. */
export function newKeyObstacle(facts: {
	readonly remaining: number;
	readonly nameTaken: boolean;
}): NewKeyObstacle | undefined {
	if (facts.nameTaken) return "name_taken";
	return facts.remaining > 0 ? undefined : "limit_reached";
}

export type KeyChangeObstacle = "missing" | "revoked" | "outdated" | "name_taken";

/** Why a key cannot be changed, apart from the name it would get; undefined when it can. */
export function keyChangeObstacle(
	key: KeyRecord,
	expectedDigest: Buffer | undefined,
): "revoked" | "outdated" | undefined {
	if (key.revokedAt !== undefined) return "revoked";
	return expectedDigest === undefined || key.digest.equals(expectedDigest) ? undefined : "outdated";
}

/** Whether a key keeps other keys of its owner from having its name, and counts towards the owner's limit. */
export function isInUse({ revokedAt }: Pick<KeyRecord, "revokedAt">): boolean {
	return revokedAt === undefined;
}

export type KeyDeletionObstacle = "missing" | "not_revoked";

/** Why a key cannot be deleted; undefined when it can. A key that is in use must be revoked first. */
export function keyDeletionObstacle(key: KeyRecord): "not_revoked" | undefined {
	return isInUse(key) ? "not_revoked" : undefined;
}

/**
 * When the token before the last rotation ends, milliseconds since the epoch.
 * Without an overlap the rotation itself ended it: 0, so that no clock decides,
 * and a leaked token is not valid where a clock is behind.
 */
export function previousTokenEnd({ previousValidUntil = 0, rotatedAt = 0 }: KeyRecord): number {
	return previousValidUntil > rotatedAt ? previousValidUntil : 0;
}
