import type { Command } from "commander";
import { name, scopeList } from "../../../shared/endpoints/records.js";
import { integer, object, optional } from "../../../shared/schema.js";
import { wildcardScope } from "../../../shared/scopes.js";
import { commandName } from "../../boot/commandName.js";
import { publicAddress } from "../../boot/publicAddress.js";
import { commandLine, type Services } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { type IssuedKey, issueKey, type NewKey } from "../../keys/issueKey.js";
import { keyFieldProblems } from "../../keys/keyRules.js";
import { type AccountRecord, builtInOperatorId } from "../../model/account.js";
import { isoTime } from "../../primitives/timestamps.js";
import { describeAccount } from "../account/accountText.js";
import { accountArgument, findAccount } from "../account/findAccount.js";
import { colour } from "../support/colour.js";
import { problemFailure } from "../support/commandFailure.js";
import { commaList, digitsToNumber, readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";

const options = object({
	name: optional(name),
	scopes: { ...scopeList, minItems: 1 },
	expiresDays: optional(integer({ minimum: 1, maximum: 3650 })),
});

interface Given {
	readonly account: string;
	readonly name?: string;
	readonly scopes: string;
	readonly expiresDays?: string;
	readonly json?: true;
}

/** `placelock admin-key create`: a key for the management API that acts for the built-in operator or a person. */
export function addAdminKeyCreate(adminKey: Command): void {
	adminKey
		.command("create")
		.description("create a key for the management API; prints its token once")
		.option("--account <account>", `the account it acts for: ${accountArgument}`, builtInOperatorId)
		.option("--name <name>", "name of the key (default: date and time)")
		.option("--scopes <scopes>", "what it may do, comma-separated", wildcardScope)
		.option("--expires-days <days>", "days until it expires (default: never)")
		.option("--json", "print only the ID and the token, as one line of JSON")
		.addHelpText(
			"after",
			`
A key can do no more than its account: a person's key needs both the scope and
the person's role in the workspace.

Examples:
  placelock admin-key create
  placelock admin-key create --name deploy --scopes keys.read,keys.write --expires-days 90
  placelock admin-key create --account kim --name "Kim's scripts"
  placelock admin-key create --json`,
		)
		.action(async (given: Given) => {
			const scopes = commaList(given.scopes);
			const input = readOptions(
				options,
				{ name: given.name, scopes, expiresDays: digitsToNumber(given.expiresDays) },
				keyFieldProblems("admin", { name: given.name, scopes }, 0),
			);
			await withExistingServices(async (services, settings) => {
				const account = await actingAccount(services, given.account);
				const expiresAt =
					input.expiresDays === undefined ? undefined : services.clock.now() + input.expiresDays * 86_400_000;
				const issued = await issueAdminKey(services, account.id, input.name, {
					scopes: input.scopes,
					expiresAt,
				});
				const { key, token } = issued;
				const text = given.json
					? JSON.stringify({ keyId: key.id, token })
					: adminKeyText(issued, account, publicAddress(settings, settings.port));
				process.stdout.write(`${text}\n`);
			});
		});
}

async function actingAccount(services: Services, givenAccount: string): Promise<AccountRecord> {
	const account = await findAccount(services, givenAccount);
	if (account.disabledAt === undefined) return account;
	const detail = `${describeAccount(account)} is disabled, so its keys would not work. Enable it first.`;
	throw problemFailure(new Problem("account_disabled", { detail }));
}

/** Names are unique among an account's keys. A default name that is taken gets a number. */
async function issueAdminKey(
	services: Services,
	accountId: string,
	chosenName: string | undefined,
	input: Pick<NewKey, "scopes" | "expiresAt">,
): Promise<IssuedKey> {
	const defaultName = `Command line, ${isoTime(services.clock.now()).slice(0, 19).replace("T", " ")}`;
	for (let count = 1; ; count++) {
		const name = chosenName ?? (count === 1 ? defaultName : `${defaultName} (${count})`);
		const issued = await issueKey(services, { ...input, kind: "admin", accountId, name }, commandLine);
		if (!(issued instanceof Problem)) return issued;
		if (issued.code !== "name_taken" || chosenName !== undefined) throw problemFailure(issued);
	}
}

function adminKeyText({ key, token }: IssuedKey, account: AccountRecord, url: string): string {
	const expiry = key.expiresAt === undefined ? "never expires" : `expires ${isoTime(key.expiresAt)}`;
	const person = account.id === builtInOperatorId ? "" : `\n  for     ${describeAccount(account)}`;
	return `${colour("green", "Created")} an admin key:

  key     ${key.id} ("${key.name}")${person}
  scopes  ${key.scopes.join(", ")}
  ${expiry}

Token (shown only once):

  ${colour("bold", token)}

To use it, set ADMIN_TOKEN to the token in your shell. With the server running:

  curl -H "Authorization: Bearer $ADMIN_TOKEN" ${url}/v1/workspaces

To revoke it: ${commandName()} admin-key revoke ${key.id}`;
}
