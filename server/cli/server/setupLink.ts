import type { Command } from "commander";
import { limits } from "../../../shared/limits.js";
import { createLink } from "../../accounts/createLink.js";
import { serializeLink } from "../../api/serializeLink.js";
import { linkBuilder } from "../../boot/publicAddress.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";

/** `placelock setup-link`: a new link for creating the first account, like the one the server prints on its first start. */
export function addSetupLink(program: Command): void {
	program
		.command("setup-link")
		.description("create a one-time link for the first account and invalidate the previous link")
		.option("--json", "print the link and its expiry as one line of JSON")
		.addHelpText(
			"after",
			`
The link is valid for ${limits.oneTimeLinkSeconds / 60} minutes. This fails once an account can sign in.
For a lost password, run: placelock account reset <name>

Examples:
  placelock setup-link
  PUBLIC_URL=https://keys.example.com placelock setup-link --json`,
		)
		.action(async (given: { json?: true }) => {
			await withExistingServices(async (services, settings) => {
				const created = unwrap(await createLink(services, { purpose: "setup" }, commandLine));
				const response = serializeLink(created, linkBuilder(settings));
				await printResult(
					given,
					response,
					() =>
						`Open this link to create the first account. It works once, until ${response.expiresAt}:\n\n` +
						`  ${colour("bold", response.link)}`,
				);
			});
		});
}
