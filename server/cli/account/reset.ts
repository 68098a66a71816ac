import type { Command } from "commander";
import { limits } from "../../../shared/limits.js";
import { createResetLink } from "../../accounts/createLink.js";
import { serializeLink } from "../../api/serializeLink.js";
import { linkBuilder } from "../../boot/publicAddress.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { accountMention } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account reset` */
export function addAccountReset(account: Command): void {
	account
		.command("reset")
		.description("make a link for choosing a new password; it works once, and ends the one before")
		.argument("<account>", accountArgument)
		.option("--json", "print the link and when it ends, as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
The link is good for ${limits.oneTimeLinkSeconds / 60} minutes, and shown this once. It begins with PUBLIC_URL
when that is set. Until it is used the password stays as it is; using it ends
every session of the account.

Examples:
  placelock account reset kim
  PUBLIC_URL=https://keys.example.com placelock account reset kim --json`,
		)
		.action(async (named: string, given: { json?: true }) => {
			await withExistingServices(async (services, settings) => {
				const found = await findAccount(services, named);
				const created = unwrap(await createResetLink(services, found, commandLine));
				const answer = serializeLink(created, linkBuilder(settings));
				await tell(
					given,
					answer,
					() =>
						`This link lets somebody choose a new password for ${accountMention(found)}.\n` +
						`It works once, until ${answer.expiresAt}:\n\n  ${colour("bold", answer.link)}`,
				);
			});
		});
}
