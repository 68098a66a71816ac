import { idleAt } from "../model/keyStatus.js";
import type { ResolvedKey } from "./keyResolver.js";

/** Until when a grant stays valid unless something is changed, milliseconds since the epoch. */
export function validUntil(resolvedKey: ResolvedKey): number {
	const { record, lastUsedAt } = resolvedKey.key.value;
	const idleDays = resolvedKey.workspace?.value.idleDays;
	return Math.min(
		record.expiresAt ?? Number.POSITIVE_INFINITY,
		resolvedKey.rotatedOutAt ?? Number.POSITIVE_INFINITY,
		idleDays === undefined ? Number.POSITIVE_INFINITY : idleAt(record, idleDays, lastUsedAt),
	);
}
