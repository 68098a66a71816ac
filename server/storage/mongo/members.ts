import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import { includesRole, type MemberRecord } from "../../model/member.js";
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
						// None when it was deleted between the two looks.
						const document = byId.get(workspaceId);
						return document === undefined ? [] : [{ ...toRecord<WorkspaceRecord>(document), role }];
					}),
					more,
				};
			}),
		join: (member, linkId, audit) =>
			database.transaction(async (transaction, collections) => {
				const { accounts, members } = collections;
				if ((await findLink(collections, linkId, transaction)) === undefined) return "link_used";
				const account = await accounts.findOne({ _id: member.accountId }, { session: transaction });
				if (account === null) return "workspace_missing";
				const before = await findMember(collections, member.workspaceId, member.accountId, transaction);
				const room =
					before === undefined ? await remainingMemberSlots(collections, member, transaction) : "room";
				if (room !== "room") return room;
				await useUpLink(collections, linkId, transaction);
				await bumpAccountVersion(collections, member.accountId, transaction);
				if (before === undefined) {
					await insertMember(collections, member, transaction);
				} else if (!includesRole(before.role, member.role)) {
					const role = { $set: { role: member.role } };
					await members.updateOne({ _id: before._id }, role, { session: transaction });
				}
				await writeAudit(collections, audit, transaction);
				return "joined";
			}),
		change: (workspaceId, accountId, role, audit) =>
			database.transaction(async (transaction, collections) => {
				const before = await findMember(collections, workspaceId, accountId, transaction);
				if (before === undefined) return "missing";
				if (role !== "owner" && (await isLastOwner(collections, before, transaction))) return "last_owner";
				await bumpMembersVersion(collections, workspaceId, transaction);
				await collections.members.updateOne(
					{ _id: before._id },
					{ $set: { role } },
					{ session: transaction },
				);
				await writeAudit(collections, audit, transaction);
				return { ...toMember(before), role };
			}),
		remove: (workspaceId, accountId, audit) =>
			database.transaction(async (transaction, collections) => {
				const member = await findMember(collections, workspaceId, accountId, transaction);
				if (member === undefined) return "missing";
				if (await isLastOwner(collections, member, transaction)) return "last_owner";
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

/** Whether the workspace exists and may have one more member. */
export async function remainingMemberSlots(
	{ holdings, members }: Collections,
	{ workspaceId }: MemberRecord,
	transaction: ClientSession,
): Promise<"workspace_missing" | "limit_reached" | "room"> {
	const held = await holdings.findOne({ _id: workspaceId }, { session: transaction });
	if (held === null) return "workspace_missing";
	const count = await members.countDocuments({ workspaceId }, { session: transaction });
	return count >= limits.membersPerWorkspace ? "limit_reached" : "room";
}

/** Makes an account that exists a member of a workspace that exists. */
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

/** Whether the member is an owner, and nobody else in the workspace is. */
export async function isLastOwner(
	{ members, accounts }: Collections,
	{ workspaceId, accountId, role }: MemberRecord,
	transaction: ClientSession,
): Promise<boolean> {
	if (role !== "owner") return false;
	const others = await members
		.find({ workspaceId, role: "owner", accountId: { $ne: accountId } }, { session: transaction })
		.toArray();
	const enabled = { _id: { $in: others.map((other) => other.accountId) }, disabledAt: { $exists: false } };
	return (await accounts.findOne(enabled, { session: transaction, projection: { _id: 1 } })) === null;
}
