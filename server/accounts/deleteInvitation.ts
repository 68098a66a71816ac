import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { Problem } from "../core/problem.js";

/** Revokes a pending invitation; `not_found` if the workspace has none with this ID. */
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
	return new Problem("not_found", { detail: "The workspace has no pending invitation with this ID." });
}
