import type { Command } from "commander";
import { changeMember as endpoint } from "../../shared/endpoints/members.js";
import { roles } from "../../shared/endpoints/records.js";
import { memberAnswer } from "../accounts/accountAnswer.js";
import { changeMember } from "../accounts/changeMember.js";
import { commandLine } from "../domain.js";
import { accountArgument } from "./accountNamed.js";
import { accountMention } from "./accountText.js";
import { colour } from "./colour.js";
import { granted } from "./commandFailure.js";
import { memberNamed } from "./memberNamed.js";
import { tell } from "./output.js";
import { readOptions } from "./readOptions.js";
import { withExistingDomain } from "./withDomain.js";
import { workspaceArgument } from "./workspaceNamed.js";
import { workspaceMention } from "./workspaceText.js";

/** `placelock member role` */
export function addMemberRole(member: Command): void {
	member
		.command("role")
		.description("give somebody who belongs to a workspace another role in it")
		.argument("<workspace>", workspaceArgument)
		.argument("<account>", accountArgument)
		.argument("<role>", roles.join(", "))
		.option("--json", "print the member as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
It counts from the next call on. The last owner of a workspace stays one.

Examples:
  placelock member role "Obby Studio" kim owner
  placelock member role ws_d7xo05NXfrt5 acc_7rTq0bXc2VmK viewer --json`,
		)
		.action(async (workspaceGiven: string, accountGiven: string, role: string, given: { json?: true }) => {
			const wish = readOptions(endpoint.body, { role }, [], ["role"]);
			await withExistingDomain(async (domain) => {
				const { workspace, account } = await memberNamed(domain, workspaceGiven, accountGiven);
				const changed = granted(await changeMember(domain, workspace.id, account.id, wish.role, commandLine));
				await tell(
					given,
					await memberAnswer(domain.store.accounts, changed),
					`${colour("green", "Changed")} the role of ${accountMention(account)} ` +
						`in ${workspaceMention(workspace)}: ${changed.role}.`,
				);
			});
		});
}
