import type { Command } from "commander";
import { limits } from "../../../shared/limits.js";
import { createResetLink } from "../../accounts/createLink.js";
import { serializeLink } from "../../api/serializeLink.js";
import { linkBuilder } from "../../boot/publicAddress.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { describeAccount } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account reset` */
export function addAccountReset(account: Command): void {
	account
		.command("reset")
		.description("create a one-time link for a new password and invalidate the previous link")
		.argument("<account>", accountArgument)
		.option("--json", "print the link and its expiry as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
The link is valid for ${limits.oneTimeLinkSeconds / 60} minutes and is shown only once. It starts with PUBLIC_URL
if that is set. The current password works until the link is used. Using the link
ends every session of the account.

Examples:
  placelock account reset kim
  PUBLIC_URL=https://keys.example.com placelock account reset kim --json`,
		)
		.action(async (givenAccount: string, given: { json?: true }) => {
			await withExistingServices(async (services, settings) => {
				const found = await findAccount(services, givenAccount);
				const created = unwrap(await createResetLink(services, found, commandLine));
				const response = serializeLink(created, linkBuilder(settings));
				await printResult(
					given,
					response,
					() =>
						`Use this link to choose a new password for ${describeAccount(found)}.\n` +
						`It works once, until ${response.expiresAt}:\n\n  ${colour("bold", response.link)}`,
				);
			});
		});
}
