import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { deleteKey } from "../../keys/changeKey.js";
import { keyIdIn } from "../key/findKey.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { adminKeyArgument, adminKeyMention, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key delete` */
export function addAdminKeyDelete(adminKey: Command): void {
	adminKey
		.command("delete")
		.description("delete the record of a revoked admin key")
		.argument("<keyId>", adminKeyArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
The audit keeps what was done to the key, and with it.

Examples:
  placelock admin-key delete 8Fh2kQ0pLm3x
  placelock admin-key delete 8Fh2kQ0pLm3x --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = keyIdIn(givenKey, "keyId");
			await withExistingServices(async (services) => {
				const found = await findAdminKey(services, id);
				// Before anybody is asked about what would be refused anyway.
				if (found.revokedAt === undefined) throw problemFailure(new Problem("key_not_revoked"));
				await confirm(`This deletes the record of ${adminKeyMention(found)}, for good.`, given);
				unwrap(await deleteKey(services, found, commandLine));
				await tell(
					given,
					{ keyId: id, deleted: true },
					`${colour("green", "Deleted")} ${adminKeyMention(found)}.`,
				);
			});
		});
}
