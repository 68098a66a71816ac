import type { keyRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import { isoTime, optionalIsoTime } from "../timestamps.js";
import type { KeyRecord } from "./key.js";
import { keyState } from "./keyState.js";
import { tokenStart } from "./token.js";

export type KeyAnswer = Infer<typeof keyRecord>;

/** A key as the API answers it. */
export function keyAnswer(
	key: KeyRecord,
	now: number,
	use: { readonly idleDays?: number; readonly lastUsedAt?: number },
): KeyAnswer {
	const overlapLeft = key.previousValidUntil !== undefined && key.previousValidUntil > now;
	return {
		id: key.id,
		workspaceId: key.workspaceId,
		kind: key.kind,
		state: keyState(key, now, use),
		name: key.name,
		description: key.description,
		tokenStart: tokenStart(key.kind, key.id),
		scopes: key.scopes,
		placeIds: key.placeIds,
		allowedIps: key.allowedIps,
		rateLimit: key.rateLimit,
		quota: key.quota,
		expiresAt: optionalIsoTime(key.expiresAt),
		lastUsedAt: optionalIsoTime(use.lastUsedAt),
		rotatedAt: optionalIsoTime(key.rotatedAt),
		previousValidUntil: overlapLeft ? optionalIsoTime(key.previousValidUntil) : undefined,
		revokedAt: optionalIsoTime(key.revokedAt),
		createdAt: isoTime(key.createdAt),
		updatedAt: isoTime(key.updatedAt),
	};
}
