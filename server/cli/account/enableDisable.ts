import type { Command } from "commander";
import { builtInAccountProblem, setAccountAccess } from "../../accounts/changeAccount.js";
import { serializeListedAccount } from "../../api/serializeAccount.js";
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

const commands = {
	disable: {
		disabled: true,
		description: "end an account's sessions and suspend its admin keys until you enable it again",
		more: "The last operator who can sign in cannot be disabled.",
		done: "Disabled",
		effect: "Its sessions have ended and its admin keys are suspended.",
	},
	enable: {
		disabled: false,
		description: "let a disabled account sign in and use its admin keys again",
		more: "Ended sessions stay ended.",
		done: "Enabled",
		effect: "It can sign in, and its admin keys work again.",
	},
} as const;

/** `placelock account disable` and `placelock account enable` */
export function addAccountEnableDisable(account: Command): void {
	for (const [name, { disabled, description, more, done, effect }] of Object.entries(commands)) {
		const command = account.command(name).description(description).argument("<account>", accountArgument);
		if (disabled) command.option("--yes", "skip confirmation");
		command
			.option("--json", "print the account as one line of JSON, as the API returns it")
			.addHelpText(
				"after",
				`\nTakes effect with the next request. ${more}\n\nExamples:\n  placelock account ${name} kim`,
			)
			.action(async (givenAccount: string, given: { yes?: true; json?: true }) => {
				await withExistingServices(async (services) => {
					const found = await findAccount(services, givenAccount);
					if (disabled && found.disabledAt === undefined) {
						// Fail before asking for confirmation.
						unwrap(builtInAccountProblem(found));
						await confirm(disablingText(found, await accountHoldings(services, found)), given);
					}
					const changed = unwrap(await setAccountAccess(services, found, { disabled }, commandLine));
					await printResult(
						given,
						serializeListedAccount(changed),
						`${colour("green", done)} ${describeAccount(changed)}. ${effect}`,
					);
				});
			});
	}
}

function disablingText(account: AccountRecord, { openSessions, adminKeys }: AccountHoldings): string {
	const [sessions, keys] = [pluralize(openSessions, "open session"), pluralize(adminKeys, "admin key")];
	return `This disables ${describeAccount(account)} until you enable it again. It ends ${sessions} and suspends ${keys}.`;
}
