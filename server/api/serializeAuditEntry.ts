import type { auditRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { AuditEntry } from "../model/auditEntry.js";
import { isoTime } from "../primitives/timestamps.js";

/** An entry as the API returns it. `names`: names of accounts by their IDs. */
export function serializeAuditEntry(
	{ before, after, ...entry }: AuditEntry,
	names: ReadonlyMap<string, string>,
): Infer<typeof auditRecord> {
	const { id, at, actor, address, action, workspaceId, targetType, targetId } = entry;
	return {
		id,
		at: isoTime(at),
		actor: actor.type === "account" ? { ...actor, name: names.get(actor.id) } : actor,
		address,
		action,
		workspaceId,
		targetType,
		targetId,
		before: before && withIsoTimes(before),
		after: after && withIsoTimes(after),
	};
}

/** Records store times as numbers, the API returns text. Their names end in `At` or `Until`: `expiresAt`, `previousValidUntil`. */
function withIsoTimes(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			const isTime = typeof value === "number" && /(At|Until)$/.test(name);
			return [name, isTime ? isoTime(value) : value];
		}),
	);
}
