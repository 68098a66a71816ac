import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";

/** Takes an open invitation back; `not_found` when the workspace has none with this id. */
export async function deleteInvitation(
	{ store, clock }: Services,
	workspaceId: string,
	invitationId: string,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const audit = createAuditEntry(auditContext, clock.now(), {
		action: "invitations.delete",
		workspaceId,
		targetType: "invitation",
		targetId: invitationId,
	});
	const outcome = await store.oneTimeLinks.delete(workspaceId, invitationId, audit);
	if (outcome === "deleted") return undefined;
	return new Problem("not_found", { detail: "The workspace has no open invitation with this id." });
}
