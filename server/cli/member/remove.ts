import type { Command } from "commander";
import { removeMember } from "../../accounts/changeMember.js";
import { commandLine } from "../../core/context.js";
import { describeAccount } from "../account/accountText.js";
import { accountArgument } from "../account/findAccount.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";
import { findMember } from "./findMember.js";

/** `placelock member remove` */
export function addMemberRemove(member: Command): void {
	member
		.command("remove")
		.description("remove a member from a workspace")
		.argument("<workspace>", workspaceArgument)
		.argument("<account>", accountArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Takes effect with the next request. The last owner of a workspace cannot be removed.

Examples:
  placelock member remove "Obby Studio" kim
  placelock member remove ws_d7xo05NXfrt5 kim --yes --json`,
		)
		.action(async (givenWorkspace: string, givenAccount: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const { workspace, account, member } = await findMember(services, givenWorkspace, givenAccount);
				const operator = account.operator ? " As an operator, it keeps its access." : "";
				await confirm(
					`This removes ${describeAccount(account)}, ${member.role}, from ${describeWorkspace(workspace)}.${operator}`,
					given,
				);
				unwrap(await removeMember(services, workspace.id, account.id, commandLine));
				await printResult(
					given,
					{ workspaceId: workspace.id, accountId: account.id, removed: true },
					`${colour("green", "Removed")} ${describeAccount(account)} from ${describeWorkspace(workspace)}.`,
				);
			});
		});
}
