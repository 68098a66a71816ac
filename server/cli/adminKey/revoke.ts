import type { Command } from "commander";
import { commandLine, type Services } from "../../core/context.js";
import { revokeKey } from "../../keys/changeKey.js";
import type { KeyRecord } from "../../model/key.js";
import { isoTime } from "../../primitives/timestamps.js";
import { parseKeyId } from "../key/findKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { adminKeyArgument, describeAdminKey, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key revoke` */
export function addAdminKeyRevoke(adminKey: Command): void {
	adminKey
		.command("revoke")
		.description("permanently revoke an admin key; takes effect within a second")
		.argument("<keyId>", adminKeyArgument)
		.option("--yes", "skip confirmation")
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
			const keyId = parseKeyId(givenKey, "keyId");
			await withExistingServices(async (services) => {
				const key = await revokeAdminKey(services, keyId, given);
				await printResult(
					given,
					{ keyId: key.id, revokedAt: isoTime(key.revokedAt ?? 0) },
					`${colour("green", "Revoked")} ${describeAdminKey(key)}.`,
				);
			});
		});
}

async function revokeAdminKey(services: Services, keyId: string, given: { yes?: true }): Promise<KeyRecord> {
	const key = await findAdminKey(services, keyId);
	if (key.revokedAt === undefined) {
		await confirm(
			`This permanently revokes ${describeAdminKey(key)}. It stops working within a second.`,
			given,
		);
	}
	return unwrap(await revokeKey(services, key, commandLine));
}
