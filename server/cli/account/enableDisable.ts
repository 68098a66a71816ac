import type { Command } from "commander";
import { builtInAccountProblem, setAccountAccess } from "../../accounts/changeAccount.js";
import { serializeListedAccount } from "../../api/serializeAccount.js";
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

const commands = {
	disable: {
		disabled: true,
		description: "end an account's sessions and stop its admin keys, until it is enabled again",
		more: "The last operator who can sign in stays enabled.",
		done: "Disabled",
		now: "its sessions have ended, and its admin keys do nothing.",
	},
	enable: {
		disabled: false,
		description: "let a disabled account sign in again, and its admin keys work",
		more: "Sessions that were ended stay ended.",
		done: "Enabled",
		now: "it can sign in, and its admin keys work.",
	},
} as const;

/** `placelock account disable` and `placelock account enable` */
export function addAccountEnableDisable(account: Command): void {
	for (const [name, { disabled, description, more, done, now }] of Object.entries(commands)) {
		const command = account.command(name).description(description).argument("<account>", accountArgument);
		if (disabled) command.option("--yes", "do not ask");
		command
			.option("--json", "print the account as one line of JSON, as the API answers it")
			.addHelpText(
				"after",
				`\nIt counts from the next call on. ${more}\n\nExamples:\n  placelock account ${name} kim`,
			)
			.action(async (named: string, given: { yes?: true; json?: true }) => {
				await withExistingServices(async (services) => {
					const found = await findAccount(services, named);
					if (disabled && found.disabledAt === undefined) {
						// Before anybody is asked about what would be refused anyway.
						unwrap(builtInAccountProblem(found));
						await confirm(disablingText(found, await accountHoldings(services, found)), given);
					}
					const changed = unwrap(await setAccountAccess(services, found, { disabled }, commandLine));
					await tell(
						given,
						serializeListedAccount(changed),
						`${colour("green", done)} ${accountMention(changed)}: ${now}`,
					);
				});
			});
	}
}

function disablingText(account: AccountRecord, { openSessions, adminKeys }: AccountHoldings): string {
	const [sessions, keys] = [pluralize(openSessions, "open session"), pluralize(adminKeys, "admin key")];
	return `This disables ${accountMention(account)}, until it is enabled again. It ends ${sessions}, and stops ${keys}.`;
}
