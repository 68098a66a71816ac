import type { ClientSession } from "mongodb";
import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import { endsEarlierLinks, linkCreationObstacle, type NewLinkFacts } from "../../model/oneTimeLinkRules.js";
import type { OneTimeLinkStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpAccountVersion, bumpMembersVersion } from "./bumpVersion.js";
import type { Collections, DocumentOf } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";
import { toDocument, toRecord } from "./documents.js";
import { rejectDuplicate, writeIdempotencyRecord } from "./idempotency.js";
import { anyoneCanSignIn, bumpSignInAccounts } from "./signInAccounts.js";

export function mongoOneTimeLinks(database: MongoDatabase): OneTimeLinkStore {
	return {
		create: (link, audit, idempotencyWrite) =>
			database.transaction(async (transaction, collections) => {
				await rejectDuplicate(collections, idempotencyWrite, transaction);
				const obstacle = linkCreationObstacle(await readFacts(collections, link, transaction));
				if (obstacle !== undefined) return obstacle;
				await bumpVersionFor(collections, link, transaction);
				if (endsEarlierLinks(link)) await endEarlierLinks(collections, link, transaction);
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
		deleteExpired: (now, limit) =>
			database.run(({ oneTimeLinks }) => deleteBatch(oneTimeLinks, { expiresAt: { $lte: now } }, limit)),
	};
}

const toLink = (document: DocumentOf<OneTimeLinkRecord>) => toRecord<OneTimeLinkRecord>(document);

async function readFacts(
	collections: Collections,
	{ purpose, workspaceId = "", accountId = "", createdAt }: OneTimeLinkRecord,
	transaction: ClientSession,
): Promise<NewLinkFacts> {
	const { accounts, holdings, oneTimeLinks } = collections;
	const inside = { session: transaction };
	switch (purpose) {
		case "setup":
			return { purpose, anyoneCanSignIn: await anyoneCanSignIn(collections, transaction) };
		case "reset":
			return { purpose, accountExists: (await accounts.findOne({ _id: accountId }, inside)) !== null };
		case "invitation": {
			if ((await holdings.findOne({ _id: workspaceId }, inside)) === null)
				return { purpose, open: undefined };
			const open = { workspaceId, expiresAt: { $gt: createdAt } };
			return { purpose, open: await oneTimeLinks.countDocuments(open, inside) };
		}
	}
}

/** Makes this creation conflict with concurrent ones that decide by the same facts. */
async function bumpVersionFor(
	collections: Collections,
	{ purpose, workspaceId = "", accountId = "" }: OneTimeLinkRecord,
	transaction: ClientSession,
): Promise<void> {
	if (purpose === "setup") await bumpSignInAccounts(collections, transaction);
	else if (purpose === "reset") await bumpAccountVersion(collections, accountId, transaction);
	else await bumpMembersVersion(collections, workspaceId, transaction);
}

async function endEarlierLinks(
	{ oneTimeLinks }: Collections,
	{ purpose, accountId }: OneTimeLinkRecord,
	transaction: ClientSession,
): Promise<void> {
	// `null` also matches an absent field.
	const earlier = { purpose, accountId: accountId ?? null } as object;
	await oneTimeLinks.deleteMany(earlier, { session: transaction });
}

/** Looks a link up by its ID, inside the transaction of the change it is for. */
export async function findLink(
	{ oneTimeLinks }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<OneTimeLinkRecord | undefined> {
	const document = await oneTimeLinks.findOne({ _id: id }, { session: transaction });
	return document === null ? undefined : toLink(document);
}

/** Uses up a link that was found. Of two concurrent changes one runs again and no longer finds it. */
export async function useUpLink(
	{ oneTimeLinks }: Collections,
	id: string,
	transaction: ClientSession,
): Promise<void> {
	await oneTimeLinks.deleteOne({ _id: id }, { session: transaction });
}
