import type { Command } from "commander";
import { deleteInvitation } from "../../accounts/deleteInvitation.js";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { plain, tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";

/** `placelock invitation delete` */
export function addInvitationDelete(invitation: Command): void {
	invitation
		.command("delete")
		.description("take an open invitation back; its link stops working")
		.argument("<workspace>", workspaceArgument)
		.argument("<invitation>", "its id, as list shows it")
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
It counts from the next call on. Who has joined with it already stays a member.

Examples:
  placelock invitation delete "Obby Studio" inv_7rTq0bXc2VmK
  placelock invitation delete ws_d7xo05NXfrt5 inv_7rTq0bXc2VmK --yes --json`,
		)
		.action(async (named: string, givenId: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, named);
				const open = await services.store.oneTimeLinks.invitations(workspace.id, services.clock.now());
				const found = open.find(({ id }) => id === givenId.trim());
				if (found === undefined) {
					const detail = `${workspaceMention(workspace)} has no open invitation with this id.`;
					throw problemFailure(new Problem("not_found", { detail }));
				}
				const { id, role = "viewer", note } = found;
				const mention = `the invitation ${id}${note === undefined ? "" : ` ("${plain(note)}")`} for the role ${role}`;
				await confirm(
					`This takes back ${mention} in ${workspaceMention(workspace)}: its link stops working.`,
					given,
				);
				unwrap(await deleteInvitation(services, workspace.id, id, commandLine));
				await tell(
					given,
					{ workspaceId: workspace.id, invitationId: id, deleted: true },
					`${colour("green", "Took back")} ${mention}.`,
				);
			});
		});
}
