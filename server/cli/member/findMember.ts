import type { Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import type { AccountRecord } from "../../model/account.js";
import type { MemberRecord } from "../../model/member.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { describeAccount } from "../account/accountText.js";
import { findAccount } from "../account/findAccount.js";
import { problemFailure } from "../support/commandFailure.js";
import { findWorkspace } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";

/** A membership with its workspace and account. */
export interface NamedMember {
	readonly workspace: WorkspaceRecord;
	readonly account: AccountRecord;
	readonly member: MemberRecord;
}

/** Finds a member. When the account is not one, the failure explains how it can join. */
export async function findMember(
	services: Services,
	givenWorkspace: string,
	givenAccount: string,
): Promise<NamedMember> {
	const workspace = await findWorkspace(services, givenWorkspace);
	const account = await findAccount(services, givenAccount);
	const member = await services.store.members.find(workspace.id, account.id);
	if (member !== undefined) return { workspace, account, member };
	const detail =
		`${describeAccount(account)} is not a member of ${describeWorkspace(workspace)}. ` +
		"To add it, run placelock invitation create and open the link with that account.";
	throw problemFailure(new Problem("not_found", { detail }));
}
