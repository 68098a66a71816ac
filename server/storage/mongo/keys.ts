import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import { applyChanges } from "../../model/applyChanges.js";
import type { KeyRecord } from "../../model/key.js";
import type { KeyStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpAccountVersion } from "./bumpVersion.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { rejectDuplicate, writeIdempotencyRecord } from "./idempotency.js";
import { endTokensOf } from "./importedTokens.js";
import { toKey, toKeyDocument } from "./keyDocuments.js";
import { countNames, freeName, nameIsTaken, sameName, takeNames } from "./keyNames.js";
import { keyPage } from "./keyPages.js";
import { pageOf } from "./pages.js";
import { forgetUsage } from "./usageRetention.js";

export function mongoKeys(database: MongoDatabase): KeyStore {
	return {
		create: (key, audit, idempotencyWrite) =>
			database.transaction(async (session, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, session);
				const room = await remainingKeySlots(collections, key, session);
				if (room === undefined) return "workspace_missing";
				if (await nameIsTaken(collections, key, session)) return "name_taken";
				if (room <= 0) return "limit_reached";
				await takeNames(collections, [key], session);
				await countKeys(collections, key, 1, session);
				await collections.keys.insertOne(toKeyDocument(key), { session });
				await writeAudit(collections, audit, session);
				await writeIdempotencyRecord(collections, idempotencyWrite, key, session);
				return "created";
			}),
		findById: (id) => database.run(({ keys }) => findKey(keys, id)),
		list: (workspaceId, asked) => database.run(({ keys }) => keyPage(keys, workspaceId, asked)),
		listOfAccount: (accountId, page) =>
			database.run(({ keys }) => pageOf(keys, page, { where: { accountId }, record: toKey })),
		change: (id, changes, audit, expectedDigest, idempotencyWrite) =>
			database.transaction(async (session, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, session);
				const before = await findKey(collections.keys, id, session);
				if (before === undefined) return "missing";
				if (before.revokedAt !== undefined) return "revoked";
				if (expectedDigest !== undefined && !before.digest.equals(expectedDigest)) return "outdated";
				const after = applyChanges(before, changes);
				const revoked = after.revokedAt !== undefined;
				const renamed = !sameName(before, after);
				if (!revoked && renamed && (await nameIsTaken(collections, after, session))) return "name_taken";
				if (!revoked && renamed) await takeNames(collections, [after], session);
				if (revoked || renamed) await freeName(collections, before, session);
				if (revoked) await countKeys(collections, before, -1, session);
				await collections.keys.replaceOne({ _id: id }, toKeyDocument(after), { session });
				await writeAudit(collections, audit, session);
				await writeIdempotencyRecord(collections, idempotencyWrite, after, session);
				return after;
			}),
		delete: (id, audit) =>
			database.transaction(async (session, collections) => {
				const key = await findKey(collections.keys, id, session);
				if (key === undefined) return "missing";
				if (key.revokedAt === undefined) return "not_revoked";
				await collections.keys.deleteOne({ _id: id }, { session });
				await endTokensOf(collections, [id], session);
				await forgetUsage(collections, id, session);
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

/** How many more keys the workspace or account may hold; undefined when there is none. */
export async function remainingKeySlots(
	collections: Collections,
	{ workspaceId, accountId = "" }: Pick<KeyRecord, "workspaceId" | "accountId">,
	session: ClientSession,
): Promise<number | undefined> {
	const { workspaces, holdings, accounts } = collections;
	if (workspaceId === undefined) {
		if ((await accounts.findOne({ _id: accountId }, { session })) === null) return undefined;
		return limits.keysPerAccount - (await countNames(collections, accountId, session));
	}
	const workspace = await workspaces.findOne({ _id: workspaceId }, { session });
	const held = await holdings.findOne({ _id: workspaceId }, { session });
	return workspace === null || held === null ? undefined : workspace.maxKeys - held.keys;
}

/**
 * Counts keys that came, or one that was revoked. All who do so for one
 * workspace or account write one document, so of two at a moment one runs again
 * and sees the other's: that is what holds the limits.
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
