import type { Command } from "commander";
import { changeMember as endpoint } from "../../../shared/endpoints/members.js";
import { roles } from "../../../shared/endpoints/records.js";
import { changeMember } from "../../accounts/changeMember.js";
import { serializeMember } from "../../api/serializeAccount.js";
import { commandLine } from "../../core/context.js";
import { accountMention } from "../account/accountText.js";
import { accountArgument } from "../account/findAccount.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";
import { findMember } from "./findMember.js";

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
			const input = readOptions(endpoint.body, { role }, [], ["role"]);
			await withExistingServices(async (services) => {
				const { workspace, account } = await findMember(services, workspaceGiven, accountGiven);
				const changed = unwrap(
					await changeMember(services, workspace.id, account.id, input.role, commandLine),
				);
				await tell(
					given,
					await serializeMember(services.store.accounts, changed),
					`${colour("green", "Changed")} the role of ${accountMention(account)} ` +
						`in ${workspaceMention(workspace)}: ${changed.role}.`,
				);
			});
		});
}
