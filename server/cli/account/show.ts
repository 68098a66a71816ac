import type { Command } from "commander";
import { serializeListedAccount } from "../../api/serializeAccount.js";
import { tell } from "../support/output.js";
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
			await withExistingServices(async (services) => {
				const found = await findAccount(services, named);
				const shown = { ...serializeListedAccount(found), ...(await accountHoldings(services, found)) };
				await tell(given, shown, () => accountText(shown));
			});
		});
}
