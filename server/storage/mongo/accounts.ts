import type { ClientSession, Filter } from "mongodb";
import type { AccountRecord } from "../../model/account.js";
import { applyChanges } from "../../model/applyChanges.js";
import { canSignInAsOperator } from "../../model/canSignInAsOperator.js";
import { foldName } from "../../model/foldName.js";
import { type AccountStore, StoreUnavailable } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpMembersVersion } from "./bumpVersion.js";
import type { AccountDocument, Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toAccount, toDocument } from "./documents.js";
import { conflictWhenTaken } from "./failures.js";
import { freeNames } from "./keyNames.js";
import { insertMember, isLastOwner, remainingMemberSlots } from "./members.js";
import { findLink, useUpLink } from "./oneTimeLinks.js";
import { pageOf } from "./pages.js";
import { beginSession, endSessions } from "./sessions.js";
import { anySignsIn, bumpSignInAccounts, isOnlyOperator } from "./signInAccounts.js";
import { forgetUsage } from "./usageRetention.js";

export function mongoAccounts(database: MongoDatabase): AccountStore {
	return {
		findById: (id) => database.run((collections) => findAccount(collections, { _id: id })),
		findByName: (name) =>
			database.run((collections) => findAccount(collections, { foldedName: foldName(name) })),
		anySignsIn: () => database.run((collections) => anySignsIn(collections)),
		list: (page) => database.run(({ accounts }) => pageOf(accounts, page, { record: toAccount })),
		create: (account, { linkId, member, session }, audit) =>
			database.transaction(async (transaction, collections) => {
				const link = await findLink(collections, linkId, transaction);
				if (link === undefined) return "link_used";
				if (link.purpose === "setup" && (await anySignsIn(collections, transaction))) return "not_first";
				const room =
					member === undefined ? "room" : await remainingMemberSlots(collections, member, transaction);
				if (room === "workspace_missing") return room;
				if (await nameIsTaken(collections, account, transaction)) return "name_taken";
				if (room === "limit_reached") return room;
				await bumpSignInAccounts(collections, transaction);
				await useUpLink(collections, linkId, transaction);
				await collections.accounts
					.insertOne(toAccountDocument(account), { session: transaction })
					.catch(conflictWhenTaken);
				if (member !== undefined) await insertMember(collections, member, transaction);
				await beginSession(collections, session, transaction);
				await writeAudit(collections, audit, transaction);
				return "created";
			}),
		change: (id, changes, audit, { linkId, sessions } = {}) =>
			database.transaction(async (transaction, collections) => {
				const before = await findAccount(collections, { _id: id }, transaction);
				if (before === undefined) return "missing";
				if (linkId !== undefined && (await findLink(collections, linkId, transaction)) === undefined) {
					return "link_used";
				}
				const after = applyChanges(before, changes);
				if (await nameIsTaken(collections, after, transaction)) return "name_taken";
				const steppedDown = canSignInAsOperator(before) && !canSignInAsOperator(after);
				if (steppedDown && (await isOnlyOperator(collections, id, transaction))) return "last_operator";
				if (standingOf(before) !== standingOf(after)) await bumpSignInAccounts(collections, transaction);
				if (linkId !== undefined) await useUpLink(collections, linkId, transaction);
				await replaceAccount(collections, after, transaction);
				if (after.passwordHash !== before.passwordHash) {
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
			// After the commit, which stays small so. What a crash leaves behind belongs to ids that never come again.
			for (const keyId of keyIds) {
				await database
					.run((collections) => forgetUsage(collections, keyId))
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
	which: Filter<AccountDocument>,
	transaction?: ClientSession,
): Promise<AccountRecord | undefined> {
	const document = await accounts.findOne(which, { session: transaction });
	return document === null ? undefined : toAccount(document);
}

function toAccountDocument(account: AccountRecord): AccountDocument {
	return { ...toDocument(account), foldedName: foldName(account.name) };
}

/** By another account. */
async function nameIsTaken(
	{ accounts }: Collections,
	{ id, name }: AccountRecord,
	transaction: ClientSession,
): Promise<boolean> {
	const holder = { foldedName: foldName(name), _id: { $ne: id } };
	return (await accounts.findOne(holder, { session: transaction, projection: { _id: 1 } })) !== null;
}

/** Overwrites the account and goes on counting its moves: the same number twice could hide a change. */
async function replaceAccount(
	{ accounts }: Collections,
	account: AccountRecord,
	transaction: ClientSession,
): Promise<void> {
	const { _id, ...fields } = toAccountDocument(account);
	const kept = await accounts.findOne({ _id }, { session: transaction, projection: { moves: 1 } });
	await accounts
		.replaceOne({ _id }, { ...fields, moves: (kept?.moves ?? 0) + 1 }, { session: transaction })
		.catch(conflictWhenTaken);
}

/** What of an account others' changes go by. */
function standingOf(account: AccountRecord): string {
	return JSON.stringify([canSignInAsOperator(account), account.passwordHash !== undefined]);
}

function deleteAccount(
	database: MongoDatabase,
	id: string,
	audit: Parameters<AccountStore["delete"]>[1],
): Promise<{
	outcome: "deleted" | "missing" | "last_operator" | "last_owner";
	keyIds: readonly string[];
}> {
	return database.transaction(async (transaction, collections) => {
		const { accounts, members, sessions, oneTimeLinks, keys } = collections;
		const inside = { session: transaction };
		const account = await findAccount(collections, { _id: id }, transaction);
		if (account === undefined) return { outcome: "missing", keyIds: [] };
		if (canSignInAsOperator(account) && (await isOnlyOperator(collections, id, transaction))) {
			return { outcome: "last_operator", keyIds: [] };
		}
		const owned = await members.find({ accountId: id, role: "owner" }, inside).toArray();
		for (const member of owned) {
			if (await isLastOwner(collections, member, transaction)) return { outcome: "last_owner", keyIds: [] };
		}
		for (const { workspaceId } of owned) await bumpMembersVersion(collections, workspaceId, transaction);
		if (account.passwordHash !== undefined) await bumpSignInAccounts(collections, transaction);
		const lost = await keys.find({ accountId: id }, { ...inside, projection: { _id: 1 } }).toArray();
		await accounts.deleteOne({ _id: id }, inside);
		await keys.deleteMany({ accountId: id }, inside);
		await freeNames(collections, id, transaction);
		await members.deleteMany({ accountId: id }, inside);
		await sessions.deleteMany({ accountId: id }, inside);
		await oneTimeLinks.deleteMany({ accountId: id }, inside);
		await writeAudit(collections, audit, transaction);
		return { outcome: "deleted", keyIds: lost.map(({ _id }) => _id) };
	});
}
