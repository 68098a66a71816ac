import type { Command } from "commander";
import { removeMember } from "../../accounts/changeMember.js";
import { commandLine } from "../../core/context.js";
import { accountMention } from "../account/accountText.js";
import { accountArgument } from "../account/findAccount.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";
import { findMember } from "./findMember.js";

/** `placelock member remove` */
export function addMemberRemove(member: Command): void {
	member
		.command("remove")
		.description("end that somebody belongs to a workspace")
		.argument("<workspace>", workspaceArgument)
		.argument("<account>", accountArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
It counts from the next call on. The last owner of a workspace stays.

Examples:
  placelock member remove "Obby Studio" kim
  placelock member remove ws_d7xo05NXfrt5 kim --yes --json`,
		)
		.action(async (workspaceGiven: string, accountGiven: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const { workspace, account, member } = await findMember(services, workspaceGiven, accountGiven);
				const operator = account.operator ? " As an operator it can still reach it." : "";
				await confirm(
					`This takes ${accountMention(account)}, ${member.role}, out of ${workspaceMention(workspace)}.${operator}`,
					given,
				);
				unwrap(await removeMember(services, workspace.id, account.id, commandLine));
				await tell(
					given,
					{ workspaceId: workspace.id, accountId: account.id, removed: true },
					`${colour("green", "Removed")} ${accountMention(account)} from ${workspaceMention(workspace)}.`,
				);
			});
		});
}
