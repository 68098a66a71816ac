import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { AccountRecord } from "../../model/account.js";
import type { MemberRecord } from "../../model/member.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { accountMention } from "../account/accountText.js";
import { findAccount } from "../account/findAccount.js";
import { problemFailure } from "../support/commandFailure.js";
import { findWorkspace } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";

/** A membership with both sides of it. */
export interface NamedMember {
	readonly workspace: WorkspaceRecord;
	readonly account: AccountRecord;
	readonly member: MemberRecord;
}

/** The member that was meant. Throws when the account does not belong to the workspace, and says how it can. */
export async function findMember(
	services: Services,
	workspaceGiven: string,
	accountGiven: string,
): Promise<NamedMember> {
	const workspace = await findWorkspace(services, workspaceGiven);
	const account = await findAccount(services, accountGiven);
	const member = await services.store.members.find(workspace.id, account.id);
	if (member !== undefined) return { workspace, account, member };
	const detail =
		`${accountMention(account)} does not belong to ${workspaceMention(workspace)}; ` +
		"placelock invitation create makes a link with which it can join";
	throw problemFailure(new Problem("not_found", { detail }));
}
