import { limits } from "../../shared/limits.js";
import { createAccount } from "../accounts/createAccount.js";
import { type CreatedLink, createLink } from "../accounts/createLink.js";
import { deleteInvitation } from "../accounts/deleteInvitation.js";
import { findLink } from "../accounts/findLink.js";
import { createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { roleEscalation } from "../keys/keyRules.js";
import { includesRole } from "../model/member.js";
import { isoTime } from "../primitives/timestamps.js";
import type { Handlers } from "./handler.js";
import { serializeInvitation } from "./serializeAccount.js";
import { serializeWorkspace } from "./serializeWorkspace.js";
import { sessionResponse } from "./sessionHandlers.js";

type InvitationHandlers = Pick<
	Handlers,
	| "invitations.list"
	| "invitations.create"
	| "invitations.delete"
	| "invitations.show"
	| "invitations.accept"
	| "invitations.join"
>;

/** Links that let somebody join a workspace. `linkTo` turns a path into a public URL. */
export function invitationHandlers(services: Services, linkTo: (path: string) => string): InvitationHandlers {
	const { store, clock } = services;

	async function invitation(code: string) {
		const link = await findLink(services, "invitation", code);
		if (link instanceof Problem) return link;
		const workspace = await store.workspaces.findById(link.workspaceId ?? "");
		if (workspace === undefined) return new Problem("link_invalid");
		return { link, workspace, role: link.role ?? "viewer" };
	}

	return {
		"invitations.list": async ({ access }, { params }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const open = await store.oneTimeLinks.invitations(workspace.id, clock.now());
			return { data: open.map(serializeInvitation) };
		},
		"invitations.create": async ({ access, auditContext, actingKey, runIdempotent }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const problem = roleEscalation(actingKey, body.role);
			if (problem !== undefined) return problem;
			const input = { ...body, purpose: "invitation", workspaceId: workspace.id } as const;
			return runIdempotent(
				({ record, path }: CreatedLink) => ({ ...serializeInvitation(record), link: linkTo(path) }),
				(idempotencyWrite) => createLink(services, input, auditContext, idempotencyWrite),
			);
		},
		"invitations.delete": async ({ access, auditContext }, { params: { workspaceId, invitationId } }) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			return deleteInvitation(services, workspaceId, invitationId, auditContext);
		},
		"invitations.show": async (_visitor, { body }) => {
			const found = await invitation(body.code);
			if (found instanceof Problem) return found;
			const { link, workspace, role } = found;
			return {
				workspace: { id: workspace.id, name: workspace.name },
				role,
				expiresAt: isoTime(link.expiresAt),
			};
		},
		"invitations.accept": async (visitor, { body: { code, ...input } }) => {
			const found = await invitation(code);
			if (found instanceof Problem) return found;
			return sessionResponse(await createAccount(services, found.link, input, visitor));
		},
		"invitations.join": async ({ account, auditContext }, { body }) => {
			const found = await invitation(body.code);
			if (found instanceof Problem) return found;
			const { link, workspace, role } = found;
			const now = await store.members.find(workspace.id, account.id);
			if (now !== undefined && includesRole(now.role, role)) {
				return new Problem("already_member", {
					detail: `You already belong to this workspace, with the role ${now.role}.`,
				});
			}
			const member = {
				workspaceId: workspace.id,
				accountId: account.id,
				role,
				createdAt: now?.createdAt ?? clock.now(),
			};
			const audit = createAuditEntry(auditContext, clock.now(), {
				action: "invitations.join",
				workspaceId: workspace.id,
				targetType: "member",
				targetId: account.id,
				before: now && { role: now.role },
				after: { role },
			});
			const outcome = await store.members.join(member, link.id, audit);
			if (outcome === "joined") return serializeWorkspace(workspace, account.operator ? "owner" : role);
			if (outcome !== "limit_reached") return new Problem("link_invalid");
			return new Problem("limit_reached", {
				detail: `A workspace has at most ${limits.membersPerWorkspace} members.`,
			});
		},
	};
}
