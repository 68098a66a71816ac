import type { Command } from "commander";
import { createInvitation as endpoint } from "../../../shared/endpoints/invitations.js";
import { roles } from "../../../shared/endpoints/records.js";
import { limits } from "../../../shared/limits.js";
import { createLink } from "../../accounts/createLink.js";
import { serializeInvitation } from "../../api/serializeAccount.js";
import { serializeLink } from "../../api/serializeLink.js";
import { linkBuilder } from "../../boot/publicAddress.js";
import { commandLine } from "../../core/context.js";
import { freeTextProblems } from "../../core/names.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";

/** `placelock invitation create` */
export function addInvitationCreate(invitation: Command): void {
	invitation
		.command("create")
		.description("create a one-time link for joining a workspace")
		.argument("<workspace>", workspaceArgument)
		.option("--role <role>", `their role in the workspace: ${roles.join(", ")} (required)`)
		.option("--note <note>", "who it is for")
		.option("--json", "print the invitation and its link as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
The link is valid for ${limits.invitationSeconds / 86_400} days and is shown only once. It starts with PUBLIC_URL if that
is set. The first person to use it joins, with a new or an existing account.

Examples:
  placelock invitation create "Obby Studio" --role owner --note Kim
  PUBLIC_URL=https://keys.example.com placelock invitation create ws_d7xo05NXfrt5 --role viewer --json`,
		)
		.action(
			async (givenWorkspace: string, { json, ...given }: { role?: string; note?: string; json?: true }) => {
				const input = readOptions(endpoint.body, given, freeTextProblems("note", given.note));
				await withExistingServices(async (services, settings) => {
					const workspace = await findWorkspace(services, givenWorkspace);
					const created = unwrap(
						await createLink(
							services,
							{ ...input, purpose: "invitation", workspaceId: workspace.id },
							commandLine,
						),
					);
					const { link, expiresAt } = serializeLink(created, linkBuilder(settings));
					await printResult(
						{ json },
						{ ...serializeInvitation(created.record), link },
						() =>
							`Use this link to join ${describeWorkspace(workspace)} as ${input.role}.\n` +
							`It works once, until ${expiresAt}:\n\n  ${colour("bold", link)}`,
					);
				});
			},
		);
}
