import type { Command } from "commander";
import { changeMember as endpoint } from "../../../shared/endpoints/members.js";
import { roles } from "../../../shared/endpoints/records.js";
import { changeMember } from "../../accounts/changeMember.js";
import { serializeMember } from "../../api/serializeAccount.js";
import { commandLine } from "../../core/context.js";
import { describeAccount } from "../account/accountText.js";
import { accountArgument } from "../account/findAccount.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";
import { findMember } from "./findMember.js";

/** `placelock member role` */
export function addMemberRole(member: Command): void {
	member
		.command("role")
		.description("change the role of a member")
		.argument("<workspace>", workspaceArgument)
		.argument("<account>", accountArgument)
		.argument("<role>", roles.join(", "))
		.option("--json", "print the member as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Takes effect with the next request. At least one owner must remain.

Examples:
  placelock member role "Obby Studio" kim owner
  placelock member role ws_d7xo05NXfrt5 acc_7rTq0bXc2VmK viewer --json`,
		)
		.action(async (givenWorkspace: string, givenAccount: string, role: string, given: { json?: true }) => {
			const input = readOptions(endpoint.body, { role }, [], ["role"]);
			await withExistingServices(async (services) => {
				const { workspace, account } = await findMember(services, givenWorkspace, givenAccount);
				const changed = unwrap(
					await changeMember(services, workspace.id, account.id, input.role, commandLine),
				);
				await printResult(
					given,
					await serializeMember(services.store.accounts, changed),
					`${colour("green", "Changed")} the role of ${describeAccount(account)} ` +
						`in ${describeWorkspace(workspace)} to ${changed.role}.`,
				);
			});
		});
}
