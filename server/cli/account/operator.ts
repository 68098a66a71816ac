import type { Command } from "commander";
import { setAccountAccess } from "../../accounts/changeAccount.js";
import { serializeListedAccount } from "../../api/serializeAccount.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { describeAccount } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account operator` */
export function addAccountOperator(account: Command): void {
	account
		.command("operator")
		.description("make an account an operator with full access to this server, or remove that access")
		.argument("<account>", accountArgument)
		.option("--remove", "remove operator access; roles in workspaces stay")
		.option("--json", "print the account as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Takes effect with the next request. At least one operator who can sign in must remain.

Examples:
  placelock account operator kim
  placelock account operator kim --remove`,
		)
		.action(async (givenAccount: string, given: { remove?: true; json?: true }) => {
			const operator = given.remove !== true;
			await withExistingServices(async (services) => {
				const found = await findAccount(services, givenAccount);
				const changed = unwrap(await setAccountAccess(services, found, { operator }, commandLine));
				await printResult(
					given,
					serializeListedAccount(changed),
					`${colour("green", "Changed")} ${describeAccount(changed)}. ` +
						(operator ? "It is now an operator." : "It is no longer an operator."),
				);
			});
		});
}
