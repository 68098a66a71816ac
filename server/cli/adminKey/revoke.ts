import type { Command } from "commander";
import { commandLine, type Services } from "../../core/context.js";
import { revokeKey } from "../../keys/changeKey.js";
import type { KeyRecord } from "../../model/key.js";
import { isoTime } from "../../primitives/timestamps.js";
import { keyIdIn } from "../key/findKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { adminKeyArgument, adminKeyMention, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key revoke`: ends an admin key for good. */
export function addAdminKeyRevoke(adminKey: Command): void {
	adminKey
		.command("revoke")
		.description("end an admin key for good; running servers refuse it within a second")
		.argument("<keyId>", adminKeyArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Revoking a revoked key changes nothing and succeeds.

Examples:
  placelock admin-key revoke 8Fh2kQ0pLm3x
  placelock admin-key revoke 8Fh2kQ0pLm3x --yes --json`,
		)
		.action(async (givenKey: string, given: { yes?: true; json?: true }) => {
			const keyId = keyIdIn(givenKey, "keyId");
			await withExistingServices(async (services) => {
				const key = await revokeAdminKey(services, keyId, given);
				await tell(
					given,
					{ keyId: key.id, revokedAt: isoTime(key.revokedAt ?? 0) },
					`${colour("green", "Revoked")} ${adminKeyMention(key)}.`,
				);
			});
		});
}

async function revokeAdminKey(services: Services, keyId: string, given: { yes?: true }): Promise<KeyRecord> {
	const key = await findAdminKey(services, keyId);
	if (key.revokedAt === undefined) {
		await confirm(`This ends ${adminKeyMention(key)} for good: it is refused within a second.`, given);
	}
	return unwrap(await revokeKey(services, key, commandLine));
}
