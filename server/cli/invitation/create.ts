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
import { tell } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { workspaceMention } from "../workspace/workspaceText.js";

/** `placelock invitation create` */
export function addInvitationCreate(invitation: Command): void {
	invitation
		.command("create")
		.description("make a link that lets somebody join a workspace; it works once")
		.argument("<workspace>", workspaceArgument)
		.option("--role <role>", `what they will be there: ${roles.join(", ")} (required)`)
		.option("--note <note>", "whom it is for")
		.option("--json", "print the invitation with its link as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
The link is good for ${limits.invitationSeconds / 86_400} days, and shown this once. It begins with PUBLIC_URL when
that is set. Whoever opens it makes an account, or joins with the one they have.

Examples:
  placelock invitation create "Obby Studio" --role owner --note Kim
  PUBLIC_URL=https://keys.example.com placelock invitation create ws_d7xo05NXfrt5 --role viewer --json`,
		)
		.action(async (named: string, { json, ...given }: { role?: string; note?: string; json?: true }) => {
			const input = readOptions(endpoint.body, given, freeTextProblems("note", given.note));
			await withExistingServices(async (services, settings) => {
				const workspace = await findWorkspace(services, named);
				const created = unwrap(
					await createLink(
						services,
						{ ...input, purpose: "invitation", workspaceId: workspace.id },
						commandLine,
					),
				);
				const { link, expiresAt } = serializeLink(created, linkBuilder(settings));
				await tell(
					{ json },
					{ ...serializeInvitation(created.record), link },
					() =>
						`This link lets somebody join ${workspaceMention(workspace)} with the role ${input.role}.\n` +
						`It works once, until ${expiresAt}:\n\n  ${colour("bold", link)}`,
				);
			});
		});
}
