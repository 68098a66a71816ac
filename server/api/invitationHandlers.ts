import { limits } from "../../shared/limits.js";
import { createAccount } from "../accounts/createAccount.js";
import { type CreatedLink, createLink } from "../accounts/createLink.js";
import { deleteInvitation } from "../accounts/deleteInvitation.js";
import { findLink } from "../accounts/findLink.js";
import { auditOf, type Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { refuseRole } from "../keys/keyRules.js";
import { includesRole } from "../model/member.js";
import { isoTime } from "../primitives/timestamps.js";
import type { Handlers } from "./handler.js";
import { invitationAnswer } from "./serializeAccount.js";
import { workspaceAnswer } from "./serializeWorkspace.js";
import { begun } from "./sessionHandlers.js";

type InvitationHandlers = Pick<
	Handlers,
	| "invitations.list"
	| "invitations.create"
	| "invitations.delete"
	| "invitations.show"
	| "invitations.accept"
	| "invitations.join"
>;

/** Links that let somebody join a workspace. `linkTo`: what a path is called from outside. */
export function invitationHandlers(domain: Domain, linkTo: (path: string) => string): InvitationHandlers {
	const { store, clock } = domain;

	async function invitation(code: string) {
		const link = await findLink(domain, "invitation", code);
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
			return { data: open.map(invitationAnswer) };
		},
		"invitations.create": async ({ access, author, granting, once }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const refusal = refuseRole(granting, body.role);
			if (refusal !== undefined) return refusal;
			const wish = { ...body, purpose: "invitation", workspaceId: workspace.id } as const;
			return once(
				({ record, path }: CreatedLink) => ({ ...invitationAnswer(record), link: linkTo(path) }),
				(keeping) => createLink(domain, wish, author, keeping),
			);
		},
		"invitations.delete": async ({ access, author }, { params: { workspaceId, invitationId } }) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			return deleteInvitation(domain, workspaceId, invitationId, author);
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
		"invitations.accept": async (visitor, { body: { code, ...wish } }) => {
			const found = await invitation(code);
			if (found instanceof Problem) return found;
			return begun(await createAccount(domain, found.link, wish, visitor));
		},
		"invitations.join": async ({ account, author }, { body }) => {
			const found = await invitation(body.code);
			if (found instanceof Problem) return found;
			const { link, workspace, role } = found;
			const now = await store.members.find(workspace.id, account.id);
			if (now !== undefined && includesRole(now.role, role)) {
				return new Problem("conflict", {
					detail: `You belong to this workspace already, with the role ${now.role}.`,
				});
			}
			const member = {
				workspaceId: workspace.id,
				accountId: account.id,
				role,
				createdAt: now?.createdAt ?? clock.now(),
			};
			const audit = auditOf(author, clock.now(), {
				action: "invitations.join",
				workspaceId: workspace.id,
				targetType: "member",
				targetId: account.id,
				before: now && { role: now.role },
				after: { role },
			});
			const outcome = await store.members.join(member, link.id, audit);
			if (outcome === "joined") return workspaceAnswer(workspace, account.operator ? "owner" : role);
			if (outcome !== "limit_reached") return new Problem("link_invalid");
			return new Problem("limit_reached", {
				detail: `A workspace has at most ${limits.membersPerWorkspace} members.`,
			});
		},
	};
}
