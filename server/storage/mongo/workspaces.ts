import { applyChanges } from "../../model/applyChanges.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { workspaceDeletionObstacle } from "../../model/workspaceRules.js";
import { StoreUnavailable, type WorkspaceStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";
import { rejectDuplicate, writeIdempotencyRecord } from "./idempotency.js";
import { detachImportedTokens } from "./importedTokens.js";
import { pageOf } from "./pages.js";
import { deleteUsage, deleteWorkspaceUsage } from "./usageRetention.js";

export function mongoWorkspaces(database: MongoDatabase): WorkspaceStore {
	return {
		create: (workspace, audit, idempotencyWrite) =>
			database.transaction(async (session, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, session);
				await collections.workspaces.insertOne(toDocument(workspace), { session });
				await collections.holdings.insertOne({ _id: workspace.id, keys: 0, places: 0 }, { session });
				await writeAudit(collections, audit, session);
				await writeIdempotencyRecord(collections, idempotencyWrite, workspace, session);
			}),
		findById: (id) =>
			database.run(async ({ workspaces }) => {
				const document = await workspaces.findOne({ _id: id });
				return document === null ? undefined : toRecord<WorkspaceRecord>(document);
			}),
		list: (page) =>
			database.run(({ workspaces }) =>
				pageOf(workspaces, page, { record: (document) => toRecord<WorkspaceRecord>(document) }),
			),
		change: (id, changes, audit) =>
			database.transaction(async (session, collections) => {
				const document = await collections.workspaces.findOne({ _id: id }, { session });
				if (document === null) return undefined;
				const after = applyChanges(toRecord<WorkspaceRecord>(document), changes);
				await collections.workspaces.replaceOne({ _id: id }, toDocument(after), { session });
				await writeAudit(collections, audit, session);
				return after;
			}),
		delete: async (id, audit) => {
			const { outcome, keyIds } = await deleteWorkspace(database, id, audit);
			if (outcome !== "deleted") return outcome;
			// After the commit, to keep the transaction small. What a crash leaves behind belongs to IDs that are never reused.
			const cleanups = [
				(collections: Collections) => deleteWorkspaceUsage(collections, id),
				...keyIds.map((keyId) => (collections: Collections) => deleteUsage(collections, keyId)),
			];
			for (const cleanup of cleanups) {
				await database.run(cleanup).catch((error) => {
					if (!(error instanceof StoreUnavailable)) throw error;
				});
			}
			return outcome;
		},
		any: () =>
			database.run(async ({ workspaces }) => {
				return (await workspaces.findOne({}, { projection: { _id: 1 } })) !== null;
			}),
	};
}

function deleteWorkspace(
	database: MongoDatabase,
	id: string,
	audit: Parameters<WorkspaceStore["delete"]>[1],
): Promise<{ outcome: Awaited<ReturnType<WorkspaceStore["delete"]>>; keyIds: readonly string[] }> {
	return database.transaction(async (session, collections) => {
		const { workspaces, holdings, places, keys, members, oneTimeLinks } = collections;
		const held = await holdings.findOne({ _id: id }, { session });
		const obstacle = workspaceDeletionObstacle(held?.keys);
		if (obstacle !== undefined) return { outcome: obstacle, keyIds: [] };
		const revoked = await keys.find({ workspaceId: id }, { session, projection: { _id: 1 } }).toArray();
		await holdings.deleteOne({ _id: id }, { session });
		await workspaces.deleteOne({ _id: id }, { session });
		await places.deleteMany({ workspaceId: id }, { session });
		await keys.deleteMany({ workspaceId: id }, { session });
		await members.deleteMany({ workspaceId: id }, { session });
		await oneTimeLinks.deleteMany({ workspaceId: id }, { session });
		const keyIds = revoked.map((key) => key._id);
		await detachImportedTokens(collections, keyIds, session);
		await writeAudit(collections, audit, session);
		return { outcome: "deleted", keyIds };
	});
}
