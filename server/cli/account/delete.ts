import type { Command } from "commander";
import { builtInAccountProblem, deleteAccount } from "../../accounts/changeAccount.js";
import { commandLine } from "../../core/context.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import type { AccountRecord } from "../../model/account.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { type AccountHoldings, accountHoldings } from "./accountHoldings.js";
import { accountMention } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account delete` */
export function addAccountDelete(account: Command): void {
	account
		.command("delete")
		.description("delete an account with its sessions, memberships and admin keys")
		.argument("<account>", accountArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Refused for the last operator who can sign in, and for the last owner of a
workspace. What the account did stays in the audit. To stop it for a while:
placelock account disable

Examples:
  placelock account delete kim
  placelock account delete acc_7rTq0bXc2VmK --yes --json`,
		)
		.action(async (named: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const found = await findAccount(services, named);
				// Before anybody is asked about what would be refused anyway.
				unwrap(builtInAccountProblem(found));
				await confirm(deletionText(found, await accountHoldings(services, found)), given);
				unwrap(await deleteAccount(services, found, commandLine));
				await tell(
					given,
					{ accountId: found.id, deleted: true },
					`${colour("green", "Deleted")} ${accountMention(found)}.`,
				);
			});
		});
}

function deletionText(account: AccountRecord, holdings: AccountHoldings): string {
	const { workspaces, openSessions, adminKeys } = holdings;
	const own = [
		pluralize(openSessions, "open session"),
		pluralize(workspaces.length, "membership"),
		pluralize(adminKeys, "admin key"),
	];
	return (
		`This deletes ${accountMention(account)} with its ${own.join(", ")}, for good: ` +
		"whoever uses it is refused within a second."
	);
}
