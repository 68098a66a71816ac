import type { Domain } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { AccountRecord } from "../../model/account.js";
import type { MemberRecord } from "../../model/member.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { accountMention } from "../account/accountText.js";
import { accountNamed } from "../account/findAccount.js";
import { refusal } from "../support/commandFailure.js";
import { workspaceNamed } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";

/** A membership with both sides of it. */
export interface NamedMember {
	readonly workspace: WorkspaceRecord;
	readonly account: AccountRecord;
	readonly member: MemberRecord;
}

/** The member that was meant. Throws when the account does not belong to the workspace, and says how it can. */
export async function memberNamed(
	domain: Domain,
	workspaceGiven: string,
	accountGiven: string,
): Promise<NamedMember> {
	const workspace = await workspaceNamed(domain, workspaceGiven);
	const account = await accountNamed(domain, accountGiven);
	const member = await domain.store.members.find(workspace.id, account.id);
	if (member !== undefined) return { workspace, account, member };
	const detail =
		`${accountMention(account)} does not belong to ${workspaceMention(workspace)}; ` +
		"placelock invitation create makes a link with which it can join";
	throw refusal(new Problem("not_found", { detail }));
}
