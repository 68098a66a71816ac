import type { ClientSession } from "mongodb";
import type { AuditEntry } from "../../audit/auditEntry.js";
import type { AuditStore } from "../store.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";
import { pageOf } from "./pages.js";

/** Writes the entry of a change, inside the change's transaction. */
export async function writeAudit(
	{ audit }: Collections,
	entry: AuditEntry,
	session: ClientSession,
): Promise<void> {
	await audit.insertOne(toDocument(entry), { session });
}

export function mongoAudit(database: MongoDatabase): AuditStore {
	return {
		list: ({ workspaceId, ...page }) =>
			database.run(({ audit }) =>
				pageOf(audit, page, {
					where: workspaceId === undefined ? {} : { workspaceId },
					time: "at",
					record: (document) => toRecord<AuditEntry>(document),
				}),
			),
	};
}
