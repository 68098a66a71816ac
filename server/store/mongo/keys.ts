import type { ClientSession } from "mongodb";
import type { KeyRecord } from "../../keys/key.js";
import { applyChanges } from "../applyChanges.js";
import type { KeyStore } from "../store.js";
import { writeAudit } from "./audit.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";
import { freeName, nameIsTaken, sameName, takeName } from "./keyNames.js";
import { pageOf } from "./pages.js";
import { forgetUsage } from "./usage.js";

export function mongoKeys(database: MongoDatabase): KeyStore {
	return {
		create: (key, audit) =>
			database.transaction(async (session, collections) => {
				const room = await roomForKey(collections, key, session);
				if (room === "workspace_missing") return room;
				if (await nameIsTaken(collections, key, session)) return "name_taken";
				if (room === "limit_reached") return room;
				await takeName(collections, key, session);
				await countKey(collections, key, 1, session);
				await collections.keys.insertOne(toDocument(key), { session });
				await writeAudit(collections, audit, session);
				return "created";
			}),
		findById: (id) => database.run(({ keys }) => findKey(keys, id)),
		list: (workspaceId, page) =>
			database.run(({ keys }) =>
				pageOf(keys, page, { where: { workspaceId }, record: (document) => toRecord<KeyRecord>(document) }),
			),
		change: (id, changes, audit, expectedDigest) =>
			database.transaction(async (session, collections) => {
				const before = await findKey(collections.keys, id, session);
				if (before === undefined) return "missing";
				if (before.revokedAt !== undefined) return "revoked";
				if (expectedDigest !== undefined && !before.digest.equals(expectedDigest)) return "outdated";
				const after = applyChanges(before, changes);
				const revoked = after.revokedAt !== undefined;
				const renamed = !sameName(before, after);
				if (!revoked && renamed && (await nameIsTaken(collections, after, session))) return "name_taken";
				if (!revoked && renamed) await takeName(collections, after, session);
				if (revoked || renamed) await freeName(collections, before, session);
				if (revoked) await countKey(collections, before, -1, session);
				await collections.keys.replaceOne({ _id: id }, toDocument(after), { session });
				await writeAudit(collections, audit, session);
				return after;
			}),
		delete: (id, audit) =>
			database.transaction(async (session, collections) => {
				const key = await findKey(collections.keys, id, session);
				if (key === undefined) return "missing";
				if (key.revokedAt === undefined) return "not_revoked";
				await collections.keys.deleteOne({ _id: id }, { session });
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
	return document === null ? undefined : toRecord<KeyRecord>(document);
}

/** Whether the key's workspace exists and may hold one more. */
async function roomForKey(
	{ workspaces, holdings }: Collections,
	{ workspaceId }: KeyRecord,
	session: ClientSession,
): Promise<"workspace_missing" | "limit_reached" | "room"> {
	if (workspaceId === undefined) return "room";
	const workspace = await workspaces.findOne({ _id: workspaceId }, { session });
	const held = await holdings.findOne({ _id: workspaceId }, { session });
	if (workspace === null || held === null) return "workspace_missing";
	return held.keys >= workspace.maxKeys ? "limit_reached" : "room";
}

/**
 * Counts a key that came or was revoked. All who do so for one workspace write
 * one document, so of two at a moment one runs again and sees the other's:
 * that is what holds `maxKeys`.
 */
async function countKey(
	{ holdings }: Collections,
	{ workspaceId }: KeyRecord,
	by: 1 | -1,
	session: ClientSession,
): Promise<void> {
	if (workspaceId !== undefined)
		await holdings.updateOne({ _id: workspaceId }, { $inc: { keys: by } }, { session });
}
