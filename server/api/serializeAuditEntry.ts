import type { auditRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import type { AuditEntry } from "../model/auditEntry.js";
import { isoTime } from "../primitives/timestamps.js";

/** An entry as the API answers it. `names`: what accounts are called, by their ids. */
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

/** Moments are numbers in records and texts in the API. Their names end alike: `expiresAt`, `previousValidUntil`. */
function withIsoTimes(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			const moment = typeof value === "number" && /(At|Until)$/.test(name);
			return [name, moment ? isoTime(value) : value];
		}),
	);
}
