import { type AuditContext, createAuditEntry, newId, type Services } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import type { AccountRecord } from "../model/account.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import { accountNameProblems } from "./accountName.js";
import { hashPassword, passwordProblems } from "./password.js";
import { newSession, type OpenSession, type Visitor } from "./sessions.js";

export interface SignedIn {
	readonly account: AccountRecord;
	readonly session: OpenSession;
}

/**
 * Creates an account with a setup link or an invitation, which can then not be
 * used again, and signs it in. `name_taken` if the name is taken, `link_invalid`
 * if somebody else used the link first.
 */
export async function createAccount(
	services: Services,
	link: OneTimeLinkRecord,
	{ name, password }: { readonly name: string; readonly password: string },
	visitor: Visitor,
): Promise<SignedIn | Problem> {
	const problems = [...accountNameProblems(name), ...passwordProblems("password", password, name)];
	if (problems.length > 0) return invalid(...problems);
	// Before the hash, which is dear; the store decides again.
	if ((await services.store.accounts.findByName(name)) !== undefined) return accountNameTaken(name);
	const passwordHash = await hashPassword(password, visitor.address);
	if (passwordHash instanceof Problem) return passwordHash;
	const now = services.clock.now();
	const account: AccountRecord = {
		id: newId("acc"),
		name,
		operator: link.purpose === "setup",
		passwordHash,
		lastSignInAt: now,
		createdAt: now,
	};
	const session = newSession(account.id, visitor, now);
	const { workspaceId, role } = link;
	const member =
		workspaceId === undefined || role === undefined
			? undefined
			: { workspaceId, accountId: account.id, role, createdAt: now };
	// The new account itself is the actor.
	const auditContext: AuditContext = { actor: { type: "account", id: account.id }, address: visitor.address };
	const audit = createAuditEntry(auditContext, now, {
		action: link.purpose === "setup" ? "setup.create" : "invitations.accept",
		workspaceId,
		targetType: "account",
		targetId: account.id,
		after: { name, operator: account.operator, ...(role === undefined ? {} : { role }) },
	});
	const related = { linkId: link.id, member, session: session.record };
	const outcome = await services.store.accounts.create(account, related, audit);
	switch (outcome) {
		case "created":
			return { account, session };
		case "name_taken":
			return accountNameTaken(name);
		case "limit_reached":
			return new Problem("limit_reached", { detail: "The workspace has reached its limit of members." });
		case "not_first":
			return new Problem("setup_done");
		case "link_used":
		case "workspace_missing":
			return new Problem("link_invalid");
	}
}

export function accountNameTaken(name: string): Problem {
	return new Problem("name_taken", {
		detail: `Another account is named "${name}".`,
	});
}
