import type { Command } from "commander";
import { type KeyResponse, serializeKey } from "../../api/serializeKey.js";
import type { Services } from "../../core/context.js";
import { builtInOperatorId } from "../../model/account.js";
import { accountArgument, findAccount } from "../account/findAccount.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";

/** `placelock admin-key list` */
export function addAdminKeyList(adminKey: Command): void {
	addListOptions(
		adminKey
			.command("list")
			.option("--account <account>", `the account they act for: ${accountArgument}`, builtInOperatorId),
	)
		.description("list the admin keys of the built-in operator or a person, newest first")
		.addHelpText(
			"after",
			`
Examples:
  placelock admin-key list
  placelock admin-key list --account kim --json`,
		)
		.action(async ({ account: givenAccount, ...given }: GivenListOptions & { account: string }) => {
			const list = readListOptions(given);
			await withExistingServices(async (services) => {
				const account = await findAccount(services, givenAccount);
				await printList(
					pages(services, account.id),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "status", of: ({ status }) => status },
						{ title: "scopes", of: ({ scopes }) => scopes.join(",") },
						{ title: "expires", of: ({ expiresAt }) => expiresAt },
						{ title: "last used", of: ({ lastUsedAt }) => lastUsedAt },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...list, none: "This account has no admin keys." },
				);
			});
		});
}

async function* pages({ store, clock }: Services, accountId: string): AsyncGenerator<readonly KeyResponse[]> {
	for await (const page of recordPages((request) => store.keys.listOfAccount(accountId, request))) {
		const lastUses = await store.usage.lastUses(page.map((key) => key.id));
		yield page.map((key) => serializeKey(key, clock.now(), { lastUse: lastUses.get(key.id) }));
	}
}
