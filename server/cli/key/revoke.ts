import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { revokeKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { answerOf, findKey, keyArgument, keyIdIn } from "./findKey.js";
import { keyMention } from "./keyText.js";

/** `placelock key revoke` */
export function addKeyRevoke(key: Command): void {
	key
		.command("revoke")
		.description("end a key for good; running servers refuse it within a second")
		.argument("<key>", keyArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the key as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
Revoking a revoked key changes nothing and succeeds.

Examples:
  placelock key revoke oDkHvNq98l4k
  placelock key revoke oDkHvNq98l4k --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = keyIdIn(givenKey);
			await withExistingServices(async (services) => {
				const found = await findKey(services, id);
				if (found.revokedAt === undefined) {
					await confirm(
						`This ends ${keyMention(found)} for good: whoever uses it is refused within a second.`,
						given,
					);
				}
				const revoked = unwrap(await revokeKey(services, found, commandLine));
				await tell(
					given,
					await answerOf(services, revoked),
					`${colour("green", "Revoked")} ${keyMention(revoked)}.`,
				);
			});
		});
}
