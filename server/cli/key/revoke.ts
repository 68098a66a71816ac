import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { revokeKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, loadKeyResponse, parseKeyId } from "./findKey.js";
import { describeKey } from "./keyText.js";

/** `placelock key revoke` */
export function addKeyRevoke(key: Command): void {
	key
		.command("revoke")
		.description("permanently revoke a key; takes effect within a second")
		.argument("<key>", keyArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the key as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Revoking a revoked key changes nothing and succeeds.

Examples:
  placelock key revoke oDkHvNq98l4k
  placelock key revoke oDkHvNq98l4k --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const id = parseKeyId(givenKey);
			await withExistingServices(async (services) => {
				const found = await findKey(services, id);
				if (found.revokedAt === undefined) {
					await confirm(
						`This permanently revokes ${describeKey(found)}. Requests with it are denied within a second.`,
						given,
					);
				}
				const revoked = unwrap(await revokeKey(services, found, commandLine));
				await printResult(
					given,
					await loadKeyResponse(services, revoked),
					`${colour("green", "Revoked")} ${describeKey(revoked)}.`,
				);
			});
		});
}
