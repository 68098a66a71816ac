import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { deleteKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, keyIdIn } from "./findKey.js";
import { keyMention } from "./keyText.js";

/** `placelock key delete` */
export function addKeyDelete(key: Command): void {
	key
		.command("delete")
		.description("delete the record of a revoked key")
		.argument("<key>", keyArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
The audit keeps what was done to the key.

Examples:
  placelock key delete oDkHvNq98l4k
  placelock key delete oDkHvNq98l4k --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = keyIdIn(givenKey);
			await withExistingServices(async (services) => {
				const found = await findKey(services, id);
				// Before anybody is asked about what would be refused anyway.
				if (found.revokedAt === undefined) throw problemFailure(new Problem("key_not_revoked"));
				await confirm(`This deletes the record of ${keyMention(found)}, for good.`, given);
				unwrap(await deleteKey(services, found, commandLine));
				await tell(
					given,
					{ keyId: id, deleted: true },
					`${colour("green", "Deleted")} ${keyMention(found)}.`,
				);
			});
		});
}
