import type { Command } from "commander";
import { limits } from "../../../shared/limits.js";
import { createLink } from "../../accounts/createLink.js";
import { serializeLink } from "../../api/serializeLink.js";
import { linkBuilder } from "../../boot/publicAddress.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";

/** `placelock setup-link`: a new link for making the first account, as the server prints on its first start. */
export function addSetupLink(program: Command): void {
	program
		.command("setup-link")
		.description("make a link for the first account; it works once, and ends the one before")
		.option("--json", "print the link and when it ends, as one line of JSON")
		.addHelpText(
			"after",
			`
The link is good for ${limits.oneTimeLinkSeconds / 60} minutes. Refused once an account can sign in: for a lost password
there is: placelock account reset <name>

Examples:
  placelock setup-link
  PUBLIC_URL=https://keys.example.com placelock setup-link --json`,
		)
		.action(async (given: { json?: true }) => {
			await withExistingServices(async (services, settings) => {
				const created = unwrap(await createLink(services, { purpose: "setup" }, commandLine));
				const answer = serializeLink(created, linkBuilder(settings));
				await tell(
					given,
					answer,
					() =>
						`Open this link to make the first account. It works once, until ${answer.expiresAt}:\n\n` +
						`  ${colour("bold", answer.link)}`,
				);
			});
		});
}
