import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { deleteKey } from "../../keys/changeKey.js";
import { parseKeyId } from "../key/findKey.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { adminKeyArgument, describeAdminKey, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key delete` */
export function addAdminKeyDelete(adminKey: Command): void {
	adminKey
		.command("delete")
		.description("delete the record of a revoked admin key")
		.argument("<keyId>", adminKeyArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
The audit log keeps what was done to the key and with it.

Examples:
  placelock admin-key delete 8Fh2kQ0pLm3x
  placelock admin-key delete 8Fh2kQ0pLm3x --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = parseKeyId(givenKey, "keyId");
			await withExistingServices(async (services) => {
				const found = await findAdminKey(services, id);
				// Fail before asking for confirmation.
				if (found.revokedAt === undefined) throw problemFailure(new Problem("key_not_revoked"));
				await confirm(`This deletes the record of ${describeAdminKey(found)}. This cannot be undone.`, given);
				unwrap(await deleteKey(services, found, commandLine));
				await printResult(
					given,
					{ keyId: id, deleted: true },
					`${colour("green", "Deleted")} ${describeAdminKey(found)}.`,
				);
			});
		});
}
