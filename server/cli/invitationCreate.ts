import type { Command } from "commander";
import { createInvitation as endpoint } from "../../shared/endpoints/invitations.js";
import { roles } from "../../shared/endpoints/records.js";
import { limits } from "../../shared/limits.js";
import { invitationAnswer } from "../accounts/accountAnswer.js";
import { createLink, linkAnswer } from "../accounts/createLink.js";
import { commandLine } from "../domain.js";
import { freeTextProblems } from "../names.js";
import { linkFrom } from "../publicAddress.js";
import { colour } from "./colour.js";
import { granted } from "./commandFailure.js";
import { tell } from "./output.js";
import { readOptions } from "./readOptions.js";
import { withExistingDomain } from "./withDomain.js";
import { workspaceArgument, workspaceNamed } from "./workspaceNamed.js";
import { workspaceMention } from "./workspaceText.js";

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
			const wish = readOptions(endpoint.body, given, freeTextProblems("note", given.note));
			await withExistingDomain(async (domain, settings) => {
				const workspace = await workspaceNamed(domain, named);
				const created = granted(
					await createLink(
						domain,
						{ ...wish, purpose: "invitation", workspaceId: workspace.id },
						commandLine,
					),
				);
				const { link, expiresAt } = linkAnswer(created, linkFrom(settings));
				await tell(
					{ json },
					{ ...invitationAnswer(created.record), link },
					() =>
						`This link lets somebody join ${workspaceMention(workspace)} with the role ${wish.role}.\n` +
						`It works once, until ${expiresAt}:\n\n  ${colour("bold", link)}`,
				);
			});
		});
}
