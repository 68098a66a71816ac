import type { keyRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { KeyRecord } from "../model/key.js";
import { previousTokenEnd } from "../model/keyRules.js";
import { keyStatus } from "../model/keyStatus.js";
import type { LastUse } from "../model/usage.js";
import { isoTime, optionalIsoTime } from "../primitives/timestamps.js";
import { tokenStart } from "../secrets/token.js";

export type KeyResponse = Infer<typeof keyRecord>;

/** A key as the API returns it. */
export function serializeKey(
	key: KeyRecord,
	now: number,
	use: { readonly idleDays?: number; readonly lastUse?: LastUse },
): KeyResponse {
	const { idleDays, lastUse } = use;
	const overlapLeft = previousTokenEnd(key) > now;
	return {
		id: key.id,
		workspaceId: key.workspaceId,
		kind: key.kind,
		status: keyStatus(key, now, { idleDays, lastUsedAt: lastUse?.at }),
		name: key.name,
		description: key.description,
		tokenStart: key.importedPrefix === undefined ? tokenStart(key.kind, key.id) : `${key.importedPrefix}…`,
		scopes: key.scopes,
		placeIds: key.placeIds,
		allowedIps: key.allowedIps,
		rateLimit: key.rateLimit,
		quota: key.quota,
		expiresAt: optionalIsoTime(key.expiresAt),
		lastUsedAt: optionalIsoTime(lastUse?.at),
		lastUse: lastUse && { at: isoTime(lastUse.at), placeId: lastUse.placeId, address: lastUse.address },
		rotatedAt: optionalIsoTime(key.rotatedAt),
		previousValidUntil: overlapLeft ? optionalIsoTime(key.previousValidUntil) : undefined,
		previousLastUsedAt: optionalIsoTime(previousLastUse(key, now, lastUse)),
		revokedAt: optionalIsoTime(key.revokedAt),
		createdAt: isoTime(key.createdAt),
		updatedAt: isoTime(key.updatedAt),
	};
}

/** For how many milliseconds after its overlap the last use of a rotated token is still reported. */
const reportedAfterOverlapMs = 86_400_000;

/** When the token from before the last rotation was last used. Uses of older tokens do not count. */
function previousLastUse(key: KeyRecord, now: number, lastUse: LastUse | undefined): number | undefined {
	const { previousValidUntil, rotatedAt } = key;
	const previous = lastUse?.previous;
	if (previousValidUntil === undefined || now >= previousValidUntil + reportedAfterOverlapMs)
		return undefined;
	return previous !== undefined && previous.rotatedAt === rotatedAt ? previous.at : undefined;
}
