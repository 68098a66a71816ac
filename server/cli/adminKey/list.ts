import type { Command } from "commander";
import { type KeyAnswer, keyAnswer } from "../../api/serializeKey.js";
import type { Domain } from "../../core/context.js";
import { builtInOperatorId } from "../../model/account.js";
import { accountArgument, accountNamed } from "../account/findAccount.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingDomain } from "../support/withServices.js";

/** `placelock admin-key list` */
export function addAdminKeyList(adminKey: Command): void {
	addListOptions(
		adminKey.command("list").option("--account <account>", `whose: ${accountArgument}`, builtInOperatorId),
	)
		.description("list the admin keys of the built-in operator, or of a person, newest first")
		.addHelpText(
			"after",
			`
Examples:
  placelock admin-key list
  placelock admin-key list --account kim --json`,
		)
		.action(async ({ account: named, ...given }: GivenListOptions & { account: string }) => {
			const list = readListOptions(given);
			await withExistingDomain(async (domain) => {
				const account = await accountNamed(domain, named);
				await printList(
					answers(domain, account.id),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "state", of: ({ state }) => state },
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

async function* answers({ store, clock }: Domain, accountId: string): AsyncGenerator<readonly KeyAnswer[]> {
	for await (const page of recordPages((request) => store.keys.listOfAccount(accountId, request))) {
		const lastUses = await store.usage.lastUses(page.map((key) => key.id));
		yield page.map((key) => keyAnswer(key, clock.now(), { lastUse: lastUses.get(key.id) }));
	}
}
