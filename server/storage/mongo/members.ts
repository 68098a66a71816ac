import type { ClientSession } from "mongodb";
import type { MemberRecord } from "../../model/member.js";
import { joinObstacle, memberChangeObstacle, roleAfterJoining } from "../../model/memberRules.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import type { MemberStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import { bumpAccountVersion, bumpMembersVersion } from "./bumpVersion.js";
import { type Collections, type MemberDocument, memberDocumentId } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toMember, toRecord } from "./documents.js";
import { findLink, useUpLink } from "./oneTimeLinks.js";
import { pageOf } from "./pages.js";

export function mongoMembers(database: MongoDatabase): MemberStore {
	return {
		find: (workspaceId, accountId) =>
			database.run(async ({ members }) => {
				const document = await members.findOne({ _id: memberDocumentId(workspaceId, accountId) });
				return document === null ? undefined : toMember(document);
			}),
		list: (workspaceId, page) =>
			database.run(({ members }) =>
				pageOf(members, page, {
					where: { workspaceId },
					id: (accountId) => memberDocumentId(workspaceId, accountId),
					record: toMember,
				}),
			),
		workspacesOf: (accountId, page) =>
			database.run(async ({ members, workspaces }) => {
				const { records, more } = await pageOf(members, page, {
					where: { accountId },
					time: "workspaceCreatedAt",
					id: (workspaceId) => memberDocumentId(workspaceId, accountId),
					record: toMember,
				});
				const ids = records.map(({ workspaceId }) => workspaceId);
				const found = await workspaces.find({ _id: { $in: ids } }).toArray();
				const byId = new Map(found.map((document) => [document._id, document]));
				return {
					records: records.flatMap(({ workspaceId, role }) => {
						// Missing when it was deleted between the two queries.
						const document = byId.get(workspaceId);
						return document === undefined ? [] : [{ ...toRecord<WorkspaceRecord>(document), role }];
					}),
					more,
				};
			}),
		join: (member, linkId, audit) =>
			database.transaction(async (transaction, collections) => {
				const { workspaceId, accountId } = member;
				const existing = await findMember(collections, workspaceId, accountId, transaction);
				const obstacle = joinObstacle({
					linkUsed: (await findLink(collections, linkId, transaction)) === undefined,
					accountExists:
						(await collections.accounts.findOne({ _id: accountId }, { session: transaction })) !== null,
					existing,
					members: await countMembers(collections, workspaceId, transaction),
				});
				if (obstacle !== undefined) return obstacle;
				await useUpLink(collections, linkId, transaction);
				await bumpAccountVersion(collections, accountId, transaction);
				if (existing === undefined) {
					await insertMember(collections, member, transaction);
				} else {
					const role = roleAfterJoining(existing.role, member.role);
					await setRole(collections, existing, role, transaction);
				}
				await writeAudit(collections, audit, transaction);
				return "joined";
			}),
		change: (workspaceId, accountId, role, audit) =>
			database.transaction(async (transaction, collections) => {
				const before = await findMember(collections, workspaceId, accountId, transaction);
				if (before === undefined) return "missing";
				const otherOwner = await hasOtherOwner(collections, workspaceId, accountId, transaction);
				const obstacle = memberChangeObstacle(before, otherOwner, role);
				if (obstacle !== undefined) return obstacle;
				await bumpMembersVersion(collections, workspaceId, transaction);
				await setRole(collections, before, role, transaction);
				await writeAudit(collections, audit, transaction);
				return { ...toMember(before), role };
			}),
		remove: (workspaceId, accountId, audit) =>
			database.transaction(async (transaction, collections) => {
				const member = await findMember(collections, workspaceId, accountId, transaction);
				if (member === undefined) return "missing";
				const otherOwner = await hasOtherOwner(collections, workspaceId, accountId, transaction);
				const obstacle = memberChangeObstacle(member, otherOwner);
				if (obstacle !== undefined) return obstacle;
				await bumpMembersVersion(collections, workspaceId, transaction);
				await collections.members.deleteOne({ _id: member._id }, { session: transaction });
				await writeAudit(collections, audit, transaction);
				return "removed";
			}),
	};
}

async function findMember(
	{ members }: Collections,
	workspaceId: string,
	accountId: string,
	transaction: ClientSession,
): Promise<MemberDocument | undefined> {
	const _id = memberDocumentId(workspaceId, accountId);
	return (await members.findOne({ _id }, { session: transaction })) ?? undefined;
}

async function setRole(
	{ members }: Collections,
	{ _id }: MemberDocument,
	role: MemberRecord["role"],
	transaction: ClientSession,
): Promise<void> {
	await members.updateOne({ _id }, { $set: { role } }, { session: transaction });
}

/** How many members a workspace has; undefined when it does not exist. */
export async function countMembers(
	{ holdings, members }: Collections,
	workspaceId: string,
	transaction: ClientSession,
): Promise<number | undefined> {
	const holdingsDocument = await holdings.findOne({ _id: workspaceId }, { session: transaction });
	if (holdingsDocument === null) return undefined;
	return members.countDocuments({ workspaceId }, { session: transaction });
}

/** Adds an existing account to an existing workspace. */
export async function insertMember(
	collections: Collections,
	member: MemberRecord,
	transaction: ClientSession,
): Promise<void> {
	const { workspaceId, accountId } = member;
	const { workspaces, members } = collections;
	await bumpMembersVersion(collections, workspaceId, transaction);
	const workspace = await workspaces.findOne({ _id: workspaceId }, { session: transaction });
	await members.insertOne(
		{
			...member,
			_id: memberDocumentId(workspaceId, accountId),
			workspaceCreatedAt: workspace?.createdAt ?? 0,
		},
		{ session: transaction },
	);
}

/** Whether the workspace has an owner other than this account whose account is not disabled. */
export async function hasOtherOwner(
	{ members, accounts }: Collections,
	workspaceId: string,
	accountId: string,
	transaction: ClientSession,
): Promise<boolean> {
	const others = await members
		.find({ workspaceId, role: "owner", accountId: { $ne: accountId } }, { session: transaction })
		.toArray();
	const enabled = { _id: { $in: others.map((other) => other.accountId) }, disabledAt: { $exists: false } };
	return (await accounts.findOne(enabled, { session: transaction, projection: { _id: 1 } })) !== null;
}
