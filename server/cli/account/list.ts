import type { Command } from "commander";
import { serializeListedAccount } from "../../api/serializeAccount.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { accountStatus } from "./accountText.js";

/** `placelock account list` */
export function addAccountList(account: Command): void {
	addListOptions(account.command("list"))
		.description("list accounts, newest first")
		.addHelpText(
			"after",
			`
The oldest account is the built-in operator. Admin keys act for it by default.
Nobody can sign in with it.

Examples:
  placelock account list
  placelock account list --limit 10 --json`,
		)
		.action(async (given: GivenListOptions) => {
			const options = readListOptions(given);
			await withExistingServices(async ({ store }) => {
				const pages = async function* () {
					for await (const page of recordPages((request) => store.accounts.list(request))) {
						yield page.map(serializeListedAccount);
					}
				};
				await printList(
					pages(),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "operator", of: ({ operator }) => (operator ? "operator" : undefined) },
						{ title: "status", of: accountStatus },
						{ title: "last sign-in", of: ({ lastSignInAt }) => lastSignInAt },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...options, none: "No accounts." },
				);
			});
		});
}
