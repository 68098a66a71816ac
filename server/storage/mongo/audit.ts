import type { ClientSession, Document } from "mongodb";
import { type AuditEntry, type AuditFilter, commandLineActor } from "../../model/auditEntry.js";
import type { AuditStore } from "../../store/store.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";
import { pageOf } from "./pages.js";

/** Writes the audit entry of a change, inside the change's transaction. */
export async function writeAudit(
	{ audit }: Collections,
	entry: AuditEntry,
	session: ClientSession,
): Promise<void> {
	await audit.insertOne(toDocument(entry), { session });
}

export function mongoAudit(database: MongoDatabase): AuditStore {
	return {
		list: (query) =>
			database.run(({ audit }) =>
				pageOf(audit, query, {
					where: conditionsOf(query),
					time: "at",
					record: (document) => toRecord<AuditEntry>(document),
				}),
			),
	};
}

function conditionsOf({ workspaceId, actor, keyId, action, targetId, from, to }: AuditFilter): Document {
	const byActor =
		actor === commandLineActor ? { "actor.type": actor, "actor.id": null } : { "actor.id": actor };
	const all: readonly Document[] = [
		workspaceId === undefined ? {} : { workspaceId },
		actor === undefined ? {} : byActor,
		keyId === undefined ? {} : { "actor.keyId": keyId },
		action === undefined ? {} : { action },
		targetId === undefined ? {} : { targetId },
	];
	const times: readonly Document[] = [
		...(from === undefined ? [] : [{ at: { $gte: from } }]),
		...(to === undefined ? [] : [{ at: { $lt: to } }]),
	];
	// In $and: the page's own condition on the time would replace them.
	return Object.assign({}, ...all, times.length === 0 ? {} : { $and: times });
}
