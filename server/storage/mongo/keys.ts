import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import { applyChanges } from "../../model/applyChanges.js";
import type { KeyRecord } from "../../model/key.js";
import {
	isInUse,
	keyChangeObstacle,
	keyCreationObstacle,
	keyDeletionObstacle,
} from "../../model/keyRules.js";
import type { KeyStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpAccountVersion } from "./bumpVersion.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { rejectDuplicate, writeIdempotencyRecord } from "./idempotency.js";
import { detachImportedTokens } from "./importedTokens.js";
import { toKey, toKeyDocument } from "./keyDocuments.js";
import { claimNames, countAccountNames, hasSameName, isNameTaken, releaseName } from "./keyNames.js";
import { keyPage } from "./keyPages.js";
import { pageOf } from "./pages.js";
import { deleteUsage } from "./usageRetention.js";

export function mongoKeys(database: MongoDatabase): KeyStore {
	return {
		create: (key, audit, idempotencyWrite) =>
			database.transaction(async (session, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, session);
				const obstacle = keyCreationObstacle({
					remaining: await remainingKeySlots(collections, key, session),
					nameTaken: await isNameTaken(collections, key, session),
				});
				if (obstacle !== undefined) return obstacle;
				await claimNames(collections, [key], session);
				await countKeys(collections, key, 1, session);
				await collections.keys.insertOne(toKeyDocument(key), { session });
				await writeAudit(collections, audit, session);
				await writeIdempotencyRecord(collections, idempotencyWrite, key, session);
				return "created";
			}),
		findById: (id) => database.run(({ keys }) => findKey(keys, id)),
		list: (workspaceId, query) => database.run(({ keys }) => keyPage(keys, workspaceId, query)),
		listOfAccount: (accountId, page) =>
			database.run(({ keys }) => pageOf(keys, page, { where: { accountId }, record: toKey })),
		change: (id, changes, audit, expectedDigest, idempotencyWrite) =>
			database.transaction(async (session, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, session);
				const before = await findKey(collections.keys, id, session);
				if (before === undefined) return "missing";
				const obstacle = keyChangeObstacle(before, expectedDigest);
				if (obstacle !== undefined) return obstacle;
				const after = applyChanges(before, changes);
				const renamed = !hasSameName(before, after);
				if (isInUse(after) && renamed) {
					if (await isNameTaken(collections, after, session)) return "name_taken";
					await claimNames(collections, [after], session);
				}
				if (!isInUse(after) || renamed) await releaseName(collections, before, session);
				if (!isInUse(after)) await countKeys(collections, before, -1, session);
				await collections.keys.replaceOne({ _id: id }, toKeyDocument(after), { session });
				await writeAudit(collections, audit, session);
				await writeIdempotencyRecord(collections, idempotencyWrite, after, session);
				return after;
			}),
		delete: (id, audit) =>
			database.transaction(async (session, collections) => {
				const key = await findKey(collections.keys, id, session);
				if (key === undefined) return "missing";
				const obstacle = keyDeletionObstacle(key);
				if (obstacle !== undefined) return obstacle;
				await collections.keys.deleteOne({ _id: id }, { session });
				await detachImportedTokens(collections, [id], session);
				await deleteUsage(collections, id, session);
				await writeAudit(collections, audit, session);
				return "deleted";
			}),
	};
}

async function findKey(
	keys: Collections["keys"],
	id: string,
	session?: ClientSession,
): Promise<KeyRecord | undefined> {
	const document = await keys.findOne({ _id: id }, { session });
	return document === null ? undefined : toKey(document);
}

/** How many more keys the workspace or account may have; undefined when it does not exist. */
export async function remainingKeySlots(
	collections: Collections,
	{ workspaceId, accountId = "" }: Pick<KeyRecord, "workspaceId" | "accountId">,
	session: ClientSession,
): Promise<number | undefined> {
	const { workspaces, holdings, accounts } = collections;
	if (workspaceId === undefined) {
		if ((await accounts.findOne({ _id: accountId }, { session })) === null) return undefined;
		return limits.keysPerAccount - (await countAccountNames(collections, accountId, session));
	}
	const workspace = await workspaces.findOne({ _id: workspaceId }, { session });
	const held = await holdings.findOne({ _id: workspaceId }, { session });
	return workspace === null || held === null ? undefined : workspace.maxKeys - held.keys;
}

/**
 * Counts keys that were added, or one that was revoked. All such changes of one
 * workspace or account write the same document, so of two concurrent ones one
 * runs again and sees the other's: that enforces the limits.
 */
export async function countKeys(
	collections: Collections,
	{ workspaceId, accountId = "" }: Pick<KeyRecord, "workspaceId" | "accountId">,
	by: number,
	session: ClientSession,
): Promise<void> {
	if (workspaceId === undefined) await bumpAccountVersion(collections, accountId, session);
	else await collections.holdings.updateOne({ _id: workspaceId }, { $inc: { keys: by } }, { session });
}
