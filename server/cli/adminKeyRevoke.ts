import type { Command } from "commander";
import { commandLine, type Domain } from "../domain.js";
import { revokeKey } from "../keys/changeKey.js";
import type { KeyRecord } from "../keys/key.js";
import { Problem } from "../problem.js";
import { isoTime } from "../timestamps.js";
import { colour } from "./colour.js";
import { granted, refusal } from "./commandFailure.js";
import { confirm } from "./confirm.js";
import { keyIdIn } from "./keyNamed.js";
import { plain } from "./output.js";
import { withExistingDomain } from "./withDomain.js";

/** `placelock admin-key revoke`: ends an admin key for good. */
export function addAdminKeyRevoke(adminKey: Command): void {
	adminKey
		.command("revoke")
		.description("end an admin key for good; running servers refuse it within a second")
		.argument("<keyId>", "the id that create printed: the 12 characters after plk_adm_ in the token")
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
			const keyId = keyIdIn(givenKey, "<keyId>");
			await withExistingDomain(async (domain) => {
				const { id, name, revokedAt = 0 } = await revokeAdminKey(domain, keyId, given);
				const text = given.json
					? JSON.stringify({ keyId: id, revokedAt: isoTime(revokedAt) })
					: `${colour("green", "Revoked")} the admin key ${id} ("${name}").`;
				process.stdout.write(`${text}\n`);
			});
		});
}

async function revokeAdminKey(domain: Domain, keyId: string, given: { yes?: true }): Promise<KeyRecord> {
	const key = await domain.store.keys.findById(keyId);
	if (key === undefined || key.kind !== "admin") {
		throw refusal(new Problem("not_found", { detail: `there is no admin key ${keyId}.` }));
	}
	if (key.revokedAt === undefined) {
		await confirm(
			`This ends the admin key ${key.id} ("${plain(key.name)}") for good: it is refused within a second.`,
			given,
		);
	}
	return granted(await revokeKey(domain, key, commandLine));
}
