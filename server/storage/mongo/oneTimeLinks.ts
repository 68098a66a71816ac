import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import type { OneTimeLinkStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpAccountVersion, bumpMembersVersion } from "./bumpVersion.js";
import type { Collections, DocumentOf } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";
import { rejectDuplicate, writeIdempotencyRecord } from "./idempotency.js";
import { anySignsIn, bumpSignInAccounts } from "./signInAccounts.js";

export function mongoOneTimeLinks(database: MongoDatabase): OneTimeLinkStore {
	return {
		create: (link, audit, idempotencyWrite) =>
			database.transaction(async (transaction, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, transaction);
				const obstacle = await obstacleTo(collections, link, transaction);
				if (obstacle !== undefined) return obstacle;
				await makeWay(collections, link, transaction);
				await collections.oneTimeLinks.insertOne(toDocument(link), { session: transaction });
				await writeAudit(collections, audit, transaction);
				await writeIdempotencyRecord(collections, idempotencyWrite, link, transaction);
				return "created";
			}),
		findByDigest: (digest) =>
			database.run(async ({ oneTimeLinks }) => {
				const document = await oneTimeLinks.findOne({ digest });
				return document === null ? undefined : toLink(document);
			}),
		invitations: (workspaceId, now) =>
			database.run(async ({ oneTimeLinks }) => {
				const open = oneTimeLinks.find({ workspaceId, expiresAt: { $gt: now } });
				return (await open.sort({ createdAt: -1, _id: -1 }).toArray()).map(toLink);
			}),
		delete: (workspaceId, id, audit) =>
			database.transaction(async (transaction, collections) => {
				const { deletedCount } = await collections.oneTimeLinks.deleteOne(
					{ _id: id, workspaceId },
					{ session: transaction },
				);
				if (deletedCount === 0) return "missing";
				await writeAudit(collections, audit, transaction);
				return "deleted";
			}),
		dropExpired: (now, limit) =>
			database.run(async ({ oneTimeLinks }) => {
				const old = await oneTimeLinks
					.find({ expiresAt: { $lte: now } }, { projection: { _id: 1 } })
					.limit(limit)
					.toArray();
				if (old.length === 0) return 0;
				return (await oneTimeLinks.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
			}),
	};
}

const toLink = (document: DocumentOf<OneTimeLinkRecord>) => toRecord<OneTimeLinkRecord>(document);

/** What keeps a link from being made. */
async function obstacleTo(
	collections: Collections,
	{ purpose, workspaceId = "", accountId = "", createdAt }: OneTimeLinkRecord,
	transaction: ClientSession,
): Promise<"not_first" | "account_missing" | "workspace_missing" | "limit_reached" | undefined> {
	const { accounts, holdings, oneTimeLinks } = collections;
	if (purpose === "setup") return (await anySignsIn(collections, transaction)) ? "not_first" : undefined;
	if (purpose === "reset") {
		const account = await accounts.findOne({ _id: accountId }, { session: transaction });
		return account === null ? "account_missing" : undefined;
	}
	const held = await holdings.findOne({ _id: workspaceId }, { session: transaction });
	if (held === null) return "workspace_missing";
	const open = { workspaceId, expiresAt: { $gt: createdAt } };
	const count = await oneTimeLinks.countDocuments(open, { session: transaction });
	return count >= limits.invitationsPerWorkspace ? "limit_reached" : undefined;
}

/** Ends the links that a new one takes the place of, and meets the others that are made at this moment. */
async function makeWay(
	collections: Collections,
	{ purpose, workspaceId = "", accountId }: OneTimeLinkRecord,
	transaction: ClientSession,
): Promise<void> {
	if (purpose === "invitation") {
		await bumpMembersVersion(collections, workspaceId, transaction);
		return;
	}
	if (accountId === undefined) await bumpSignInAccounts(collections, transaction);
	else await bumpAccountVersion(collections, accountId, transaction);
	// `null` stands for an absent field, too.
	const others = { purpose, accountId: accountId ?? null } as object;
	await collections.oneTimeLinks.deleteMany(others, { session: transaction });
}

/** Looks a link up by its id, inside the transaction of what it is used for. */
export async function findLink(
	{ oneTimeLinks }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<OneTimeLinkRecord | undefined> {
	const document = await oneTimeLinks.findOne({ _id: id }, { session: transaction });
	return document === null ? undefined : toLink(document);
}

/** Uses a link up that was found: of two who do so at a moment one runs again, and finds none. */
export async function useUpLink(
	{ oneTimeLinks }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<void> {
	await oneTimeLinks.deleteOne({ _id: id }, { session: transaction });
}
