import type { ClientSession, Filter } from "mongodb";
import type { AccountRecord } from "../../model/account.js";
import {
	accountChangeObstacle,
	accountCreationObstacle,
	accountDeletionObstacle,
	endsResetLinks,
} from "../../model/accountRules.js";
import { applyChanges } from "../../model/applyChanges.js";
import { canSignInAsOperator } from "../../model/canSignInAsOperator.js";
import { foldName } from "../../model/foldName.js";
import { type AccountStore, StoreUnavailable } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpMembersVersion } from "./bumpVersion.js";
import type { AccountDocument, Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toAccount, toDocument } from "./documents.js";
import { retryOnDuplicate } from "./failures.js";
import { releaseAccountNames } from "./keyNames.js";
import { countMembers, hasOtherOwner, insertMember } from "./members.js";
import { findLink, useUpLink } from "./oneTimeLinks.js";
import { pageOf } from "./pages.js";
import { beginSession, endSessions } from "./sessions.js";
import { anyoneCanSignIn, bumpSignInAccounts, hasOtherOperator } from "./signInAccounts.js";
import { deleteUsage } from "./usageRetention.js";

export function mongoAccounts(database: MongoDatabase): AccountStore {
	return {
		findById: (id) => database.run((collections) => findAccount(collections, { _id: id })),
		findByName: (name) =>
			database.run((collections) => findAccount(collections, { foldedName: foldName(name) })),
		anyoneCanSignIn: () => database.run((collections) => anyoneCanSignIn(collections)),
		list: (page) => database.run(({ accounts }) => pageOf(accounts, page, { record: toAccount })),
		create: (account, { linkId, member, session }, audit) =>
			database.transaction(async (transaction, collections) => {
				const obstacle = accountCreationObstacle({
					link: await findLink(collections, linkId, transaction),
					anyoneCanSignIn: await anyoneCanSignIn(collections, transaction),
					nameTaken: await isNameTaken(collections, account, transaction),
					joining: member && { members: await countMembers(collections, member.workspaceId, transaction) },
				});
				if (obstacle !== undefined) return obstacle;
				await bumpSignInAccounts(collections, transaction);
				await useUpLink(collections, linkId, transaction);
				await collections.accounts
					.insertOne(toAccountDocument(account), { session: transaction })
					.catch(retryOnDuplicate);
				if (member !== undefined) await insertMember(collections, member, transaction);
				await beginSession(collections, session, transaction);
				await writeAudit(collections, audit, transaction);
				return "created";
			}),
		change: (id, changes, audit, { linkId, sessions } = {}) =>
			database.transaction(async (transaction, collections) => {
				const before = await findAccount(collections, { _id: id }, transaction);
				if (before === undefined) return "missing";
				const after = applyChanges(before, changes);
				const obstacle = accountChangeObstacle(before, after, {
					linkUsed: linkId !== undefined && (await findLink(collections, linkId, transaction)) === undefined,
					nameTaken: await isNameTaken(collections, after, transaction),
					otherOperator: await hasOtherOperator(collections, id, transaction),
				});
				if (obstacle !== undefined) return obstacle;
				if (signInStatusOf(before) !== signInStatusOf(after)) {
					await bumpSignInAccounts(collections, transaction);
				}
				if (linkId !== undefined) await useUpLink(collections, linkId, transaction);
				await replaceAccount(collections, after, transaction);
				if (endsResetLinks(before, after)) {
					await collections.oneTimeLinks.deleteMany({ accountId: id }, { session: transaction });
				}
				if (sessions !== undefined) {
					await endSessions(collections, id, sessions.keep, transaction);
					if (sessions.begin !== undefined) await beginSession(collections, sessions.begin, transaction);
				}
				await writeAudit(collections, audit, transaction);
				return (await findAccount(collections, { _id: id }, transaction)) ?? after;
			}),
		delete: async (id, audit) => {
			const { outcome, keyIds } = await deleteAccount(database, id, audit);
			// After the commit, to keep the transaction small. What a crash leaves behind belongs to IDs that are never reused.
			for (const keyId of keyIds) {
				await database
					.run((collections) => deleteUsage(collections, keyId))
					.catch((error) => {
						if (!(error instanceof StoreUnavailable)) throw error;
					});
			}
			return outcome;
		},
	};
}

async function findAccount(
	{ accounts }: Collections,
	filter: Filter<AccountDocument>,
	transaction?: ClientSession,
): Promise<AccountRecord | undefined> {
	const document = await accounts.findOne(filter, { session: transaction });
	return document === null ? undefined : toAccount(document);
}

function toAccountDocument(account: AccountRecord): AccountDocument {
	return { ...toDocument(account), foldedName: foldName(account.name) };
}

/** By another account. */
async function isNameTaken(
	{ accounts }: Collections,
	{ id, name }: AccountRecord,
	transaction: ClientSession,
): Promise<boolean> {
	const holder = { foldedName: foldName(name), _id: { $ne: id } };
	return (await accounts.findOne(holder, { session: transaction, projection: { _id: 1 } })) !== null;
}

/** Overwrites the account and bumps its version: a version that occurs twice could hide a change. */
async function replaceAccount(
	{ accounts }: Collections,
	account: AccountRecord,
	transaction: ClientSession,
): Promise<void> {
	const { _id, ...fields } = toAccountDocument(account);
	const stored = await accounts.findOne({ _id }, { session: transaction, projection: { moves: 1 } });
	await accounts
		.replaceOne({ _id }, { ...fields, moves: (stored?.moves ?? 0) + 1 }, { session: transaction })
		.catch(retryOnDuplicate);
}

/** What the changes of other accounts depend on. */
function signInStatusOf(account: AccountRecord): string {
	return JSON.stringify([canSignInAsOperator(account), account.passwordHash !== undefined]);
}

function deleteAccount(
	database: MongoDatabase,
	id: string,
	audit: Parameters<AccountStore["delete"]>[1],
): Promise<{ outcome: Awaited<ReturnType<AccountStore["delete"]>>; keyIds: readonly string[] }> {
	return database.transaction(async (transaction, collections) => {
		const { accounts, members, sessions, oneTimeLinks, keys } = collections;
		const inside = { session: transaction };
		const account = await findAccount(collections, { _id: id }, transaction);
		if (account === undefined) return { outcome: "missing", keyIds: [] };
		const owned = await members.find({ accountId: id, role: "owner" }, inside).toArray();
		const obstacle = accountDeletionObstacle(account, {
			otherOperator: await hasOtherOperator(collections, id, transaction),
			lastOwner: await isLastOwnerOfAny(
				collections,
				id,
				owned.map(({ workspaceId }) => workspaceId),
				transaction,
			),
		});
		if (obstacle !== undefined) return { outcome: obstacle, keyIds: [] };
		for (const { workspaceId } of owned) await bumpMembersVersion(collections, workspaceId, transaction);
		if (account.passwordHash !== undefined) await bumpSignInAccounts(collections, transaction);
		const ownKeys = await keys.find({ accountId: id }, { ...inside, projection: { _id: 1 } }).toArray();
		await accounts.deleteOne({ _id: id }, inside);
		await keys.deleteMany({ accountId: id }, inside);
		await releaseAccountNames(collections, id, transaction);
		await members.deleteMany({ accountId: id }, inside);
		await sessions.deleteMany({ accountId: id }, inside);
		await oneTimeLinks.deleteMany({ accountId: id }, inside);
		await writeAudit(collections, audit, transaction);
		return { outcome: "deleted", keyIds: ownKeys.map(({ _id }) => _id) };
	});
}

async function isLastOwnerOfAny(
	collections: Collections,
	accountId: string,
	ownedWorkspaceIds: readonly string[],
	transaction: ClientSession,
): Promise<boolean> {
	for (const workspaceId of ownedWorkspaceIds) {
		if (!(await hasOtherOwner(collections, workspaceId, accountId, transaction))) return true;
	}
	return false;
}
