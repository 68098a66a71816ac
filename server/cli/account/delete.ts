import type { Command } from "commander";
import { builtInAccountProblem, deleteAccount } from "../../accounts/changeAccount.js";
import { commandLine } from "../../core/context.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import type { AccountRecord } from "../../model/account.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { type AccountHoldings, accountHoldings } from "./accountHoldings.js";
import { describeAccount } from "./accountText.js";
import { accountArgument, findAccount } from "./findAccount.js";

/** `placelock account delete` */
export function addAccountDelete(account: Command): void {
	account
		.command("delete")
		.description("delete an account with its sessions, memberships and admin keys")
		.argument("<account>", accountArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
The last operator who can sign in and the last owner of a workspace cannot be
deleted. The audit log keeps what the account did. To suspend an account instead,
run: placelock account disable <account>

Examples:
  placelock account delete kim
  placelock account delete acc_7rTq0bXc2VmK --yes --json`,
		)
		.action(async (givenAccount: string, given: { yes?: true; json?: true }) => {
			await withExistingServices(async (services) => {
				const found = await findAccount(services, givenAccount);
				// Fail before asking for confirmation.
				unwrap(builtInAccountProblem(found));
				await confirm(deletionText(found, await accountHoldings(services, found)), given);
				unwrap(await deleteAccount(services, found, commandLine));
				await printResult(
					given,
					{ accountId: found.id, deleted: true },
					`${colour("green", "Deleted")} ${describeAccount(found)}.`,
				);
			});
		});
}

function deletionText(account: AccountRecord, holdings: AccountHoldings): string {
	const { workspaces, openSessions, adminKeys } = holdings;
	const parts = [
		pluralize(openSessions, "open session"),
		pluralize(workspaces.length, "membership"),
		pluralize(adminKeys, "admin key"),
	];
	return (
		`This deletes ${describeAccount(account)} with its ${parts.join(", ")}. ` +
		"This cannot be undone. Its sessions and admin keys stop working within a second."
	);
}
