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
import { accountMention } from "../account/accountText.js";
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

/** `placelock admin-key create`: a key for the management API, for the built-in operator or a person. */
export function addAdminKeyCreate(adminKey: Command): void {
	adminKey
		.command("create")
		.description("make a key for the management API, acting for the built-in operator or a person")
		.option("--account <account>", `for whom it acts: ${accountArgument}`, builtInOperatorId)
		.option("--name <name>", "what to call it; the date and time when left out")
		.option("--scopes <scopes>", "what it may do, separated by commas", wildcardScope)
		.option("--expires-days <days>", "days until it expires; never when left out")
		.option("--json", "print only the id and the token, as one line of JSON")
		.addHelpText(
			"after",
			`
A key can do no more than its account: a person's key needs their role in the
workspace as well as the scope.

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

async function actingAccount(services: Services, named: string): Promise<AccountRecord> {
	const account = await findAccount(services, named);
	if (account.disabledAt === undefined) return account;
	const detail = `${accountMention(account)} is disabled, and its keys do nothing: enable it first.`;
	throw problemFailure(new Problem("account_disabled", { detail }));
}

/** Names are unique among an account's keys, so a name nobody chose gives way to one that is taken. */
async function issueAdminKey(
	services: Services,
	accountId: string,
	chosenName: string | undefined,
	input: Pick<NewKey, "scopes" | "expiresAt">,
): Promise<IssuedKey> {
	const plain = `Command line, ${isoTime(services.clock.now()).slice(0, 19).replace("T", " ")}`;
	for (let count = 1; ; count++) {
		const name = chosenName ?? (count === 1 ? plain : `${plain} (${count})`);
		const issued = await issueKey(services, { ...input, kind: "admin", accountId, name }, commandLine);
		if (!(issued instanceof Problem)) return issued;
		if (issued.code !== "name_taken" || chosenName !== undefined) throw problemFailure(issued);
	}
}

function adminKeyText({ key, token }: IssuedKey, account: AccountRecord, url: string): string {
	const expiry = key.expiresAt === undefined ? "never expires" : `expires ${isoTime(key.expiresAt)}`;
	const person = account.id === builtInOperatorId ? "" : `\n  for     ${accountMention(account)}`;
	return `${colour("green", "Made")} an admin key:

  key     ${key.id} ("${key.name}")${person}
  scopes  ${key.scopes.join(", ")}
  ${expiry}

The token, shown this once:

  ${colour("bold", token)}

With the token in the variable ADMIN_TOKEN of your shell, and the server running:

  curl -H "Authorization: Bearer $ADMIN_TOKEN" ${url}/v1/workspaces

To take it back: ${commandName()} admin-key revoke ${key.id}`;
}
