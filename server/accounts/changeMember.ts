import type { Role } from "../../shared/endpoint.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { MemberRecord } from "../model/member.js";

/** Gives a member another role. `not_found` when the account does not belong to the workspace, `last_owner` for its last owner. */
export async function changeMember(
	{ store, clock }: Services,
	workspaceId: string,
	accountId: string,
	role: Role,
	auditContext: AuditContext,
): Promise<MemberRecord | Problem> {
	const member = await store.members.find(workspaceId, accountId);
	if (member === undefined) return noMember();
	if (member.role === role) return member;
	const audit = createAuditEntry(auditContext, clock.now(), {
		action: "members.change",
		workspaceId,
		targetType: "member",
		targetId: accountId,
		before: { role: member.role },
		after: { role },
	});
	const outcome = await store.members.change(workspaceId, accountId, role, audit);
	if (outcome === "missing") return noMember();
	return outcome === "last_owner" ? lastOwner() : outcome;
}

/** Ends that an account belongs to a workspace; refused as `changeMember` is. */
export async function removeMember(
	{ store, clock }: Services,
	workspaceId: string,
	accountId: string,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const member = await store.members.find(workspaceId, accountId);
	if (member === undefined) return noMember();
	const audit = createAuditEntry(auditContext, clock.now(), {
		action: "members.remove",
		workspaceId,
		targetType: "member",
		targetId: accountId,
		before: { role: member.role },
	});
	const outcome = await store.members.remove(workspaceId, accountId, audit);
	if (outcome === "missing") return noMember();
	return outcome === "last_owner" ? lastOwner() : undefined;
}

function noMember(): Problem {
	return new Problem("not_found", { detail: "The workspace has no member with this id." });
}

function lastOwner(): Problem {
	return new Problem("last_owner");
}
