import type { Command } from "commander";
import { listedAccountAnswer } from "../../api/serializeAccount.js";
import { tell } from "../support/output.js";
import { withExistingDomain } from "../support/withServices.js";
import { accountHoldings } from "./accountHoldings.js";
import { accountText } from "./accountText.js";
import { accountArgument, accountNamed } from "./findAccount.js";

/** `placelock account show` */
export function addAccountShow(account: Command): void {
	account
		.command("show")
		.description("show an account with its workspaces, open sessions and admin keys")
		.argument("<account>", accountArgument)
		.option("--json", "print it as one line of JSON: as the API lists it, with what is its own")
		.addHelpText(
			"after",
			`
Admin keys are counted that are not revoked.

Examples:
  placelock account show kim
  placelock account show acc_7rTq0bXc2VmK --json`,
		)
		.action(async (named: string, given: { json?: true }) => {
			await withExistingDomain(async (domain) => {
				const found = await accountNamed(domain, named);
				const shown = { ...listedAccountAnswer(found), ...(await accountHoldings(domain, found)) };
				await tell(given, shown, () => accountText(shown));
			});
		});
}
