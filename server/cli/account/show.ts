import type { Command } from "commander";
import { serializeListedAccount } from "../../api/serializeAccount.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { accountHoldings } from "./accountHoldings.js";
import { accountText } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account show` */
export function addAccountShow(account: Command): void {
	account
		.command("show")
		.description("show an account with its workspaces, open sessions and admin keys")
		.argument("<account>", accountArgument)
		.option("--json", "print the account as one line of JSON: the fields of the API and what belongs to it")
		.addHelpText(
			"after",
			`
Revoked admin keys are not counted.

Examples:
  placelock account show kim
  placelock account show acc_7rTq0bXc2VmK --json`,
		)
		.action(async (givenAccount: string, given: { json?: true }) => {
			await withExistingServices(async (services) => {
				const found = await findAccount(services, givenAccount);
				const shown = { ...serializeListedAccount(found), ...(await accountHoldings(services, found)) };
				await printResult(given, shown, () => accountText(shown));
			});
		});
}
