import type { AccountRecord } from "../accounts/account.js";
import type { MemberRecord } from "../accounts/member.js";
import type { Domain } from "../domain.js";
import { Problem } from "../problem.js";
import type { WorkspaceRecord } from "../workspaces/workspace.js";
import { accountNamed } from "./accountNamed.js";
import { accountMention } from "./accountText.js";
import { refusal } from "./commandFailure.js";
import { workspaceNamed } from "./workspaceNamed.js";
import { workspaceMention } from "./workspaceText.js";

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
