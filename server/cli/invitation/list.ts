import type { Command } from "commander";
import { serializeInvitation } from "../../api/serializeAccount.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

/** `placelock invitation list` */
export function addInvitationList(invitation: Command): void {
	addListOptions(invitation.command("list").argument("<workspace>", workspaceArgument))
		.description("list a workspace's pending invitations, newest first, without their links")
		.addHelpText(
			"after",
			`
A link is shown only once, by create. If one is lost, delete the invitation and create
another.

Examples:
  placelock invitation list "Obby Studio"
  placelock invitation list ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: GivenListOptions) => {
			const list = readListOptions(given);
			await withExistingServices(async (services) => {
				const { id } = await findWorkspace(services, givenWorkspace);
				const pages = async function* () {
					const open = await services.store.oneTimeLinks.invitations(id, services.clock.now());
					yield open.map(serializeInvitation);
				};
				await printList(
					pages(),
					[
						{ title: "id", of: (invitation) => invitation.id },
						{ title: "role", of: ({ role }) => role },
						{ title: "note", of: ({ note }) => note },
						{ title: "expires", of: ({ expiresAt }) => expiresAt },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...list, none: "No pending invitations." },
				);
			});
		});
}
