import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { Problem } from "../../core/problem.js";
import { deleteKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { problemFailure, unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, parseKeyId } from "./findKey.js";
import { describeKey } from "./keyText.js";

/** `placelock key delete` */
export function addKeyDelete(key: Command): void {
	key
		.command("delete")
		.description("delete the record of a revoked key")
		.argument("<key>", keyArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
The audit log keeps what was done to the key.

Examples:
  placelock key delete oDkHvNq98l4k
  placelock key delete oDkHvNq98l4k --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = parseKeyId(givenKey);
			await withExistingServices(async (services) => {
				const found = await findKey(services, id);
				// Fail before asking for confirmation.
				if (found.revokedAt === undefined) throw problemFailure(new Problem("key_not_revoked"));
				await confirm(`This deletes the record of ${describeKey(found)}. This cannot be undone.`, given);
				unwrap(await deleteKey(services, found, commandLine));
				await printResult(
					given,
					{ keyId: id, deleted: true },
					`${colour("green", "Deleted")} ${describeKey(found)}.`,
				);
			});
		});
}
