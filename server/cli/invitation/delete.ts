import type { Command } from "commander";
import { deleteInvitation } from "../../accounts/deleteInvitation.js";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printable, printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";

/** `placelock invitation delete` */
export function addInvitationDelete(invitation: Command): void {
	invitation
		.command("delete")
		.description("delete a pending invitation; its link stops working")
		.argument("<workspace>", workspaceArgument)
		.argument("<invitation>", "the invitation's ID, as shown by list")
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Takes effect with the next request. People who already joined stay members.

Examples:
  placelock invitation delete "Obby Studio" inv_7rTq0bXc2VmK
  placelock invitation delete ws_d7xo05NXfrt5 inv_7rTq0bXc2VmK --yes --json`,
		)
		.action(async (givenWorkspace: string, givenId: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				const open = await services.store.oneTimeLinks.invitations(workspace.id, services.clock.now());
				const found = open.find(({ id }) => id === givenId.trim());
				if (found === undefined) {
					const detail = `No pending invitation of ${describeWorkspace(workspace)} has this ID.`;
					throw problemFailure(new Problem("not_found", { detail }));
				}
				const { id, role = "viewer", note } = found;
				const described = `invitation ${id}${note === undefined ? "" : ` ("${printable(note)}")`} for the role ${role}`;
				await confirm(
					`This deletes ${described} in ${describeWorkspace(workspace)}. Its link stops working.`,
					given,
				);
				unwrap(await deleteInvitation(services, workspace.id, id, commandLine));
				await printResult(
					given,
					{ workspaceId: workspace.id, invitationId: id, deleted: true },
					`${colour("green", "Deleted")} ${described}.`,
				);
			});
		});
}
