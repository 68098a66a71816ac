import type { Command } from "commander";
import { setAccountAccess } from "../../accounts/changeAccount.js";
import { serializeListedAccount } from "../../api/serializeAccount.js";
import { commandLine } from "../../core/context.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { accountMention } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account operator` */
export function addAccountOperator(account: Command): void {
	account
		.command("operator")
		.description("make an account an operator, who may do everything in every workspace, or no longer one")
		.argument("<account>", accountArgument)
		.option("--remove", "make it an operator no longer: it keeps its roles in workspaces")
		.option("--json", "print the account as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
It counts from the next call on. The last operator who can sign in stays one.

Examples:
  placelock account operator kim
  placelock account operator kim --remove`,
		)
		.action(async (named: string, given: { remove?: true; json?: true }) => {
			const operator = given.remove !== true;
			await withExistingServices(async (services) => {
				const found = await findAccount(services, named);
				const changed = unwrap(await setAccountAccess(services, found, { operator }, commandLine));
				await tell(
					given,
					serializeListedAccount(changed),
					`${colour("green", "Changed")} ${accountMention(changed)}: ` +
						(operator ? "it is an operator." : "it is no operator."),
				);
			});
		});
}
