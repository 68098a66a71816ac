import type { Command } from "commander";
import { commandLine, type Domain } from "../domain.js";
import { revokeKey } from "../keys/changeKey.js";
import type { KeyRecord } from "../keys/key.js";
import { Problem } from "../problem.js";
import { isoTime } from "../timestamps.js";
import { colour } from "./colour.js";
import { optionFailure, refusal } from "./commandFailure.js";
import { withDomain } from "./withDomain.js";

/** `placelock admin-key revoke`: ends an admin key for good. */
export function addAdminKeyRevoke(adminKey: Command): void {
	adminKey
		.command("revoke")
		.description("end an admin key for good; running servers refuse it within a second")
		.argument("<keyId>", "the id that create printed: the 12 characters after plk_adm_ in the token")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Revoking a revoked key changes nothing and succeeds.

Examples:
  placelock admin-key revoke 8Fh2kQ0pLm3x
  placelock admin-key revoke 8Fh2kQ0pLm3x --json`,
		)
		.action(async (keyId: string, given: { json?: true }) => {
			// A token pasted by mistake must not be looked up, nor repeated in a message.
			if (!/^[0-9A-Za-z]{12}$/.test(keyId)) {
				throw optionFailure([{ option: "<keyId>", message: "must be a key's id: 12 letters and digits" }]);
			}
			await withDomain(async (domain) => {
				const { id, name, revokedAt = 0 } = await revokeAdminKey(domain, keyId);
				const text = given.json
					? JSON.stringify({ keyId: id, revokedAt: isoTime(revokedAt) })
					: `${colour("green", "Revoked")} the admin key ${id} ("${name}").`;
				process.stdout.write(`${text}\n`);
			});
		});
}

async function revokeAdminKey(domain: Domain, keyId: string): Promise<KeyRecord> {
	const key = await domain.store.keys.findById(keyId);
	if (key === undefined || key.kind !== "admin") {
		throw refusal(new Problem("not_found", { detail: `there is no admin key ${keyId}.` }));
	}
	const revoked = await revokeKey(domain, key, commandLine);
	if (revoked instanceof Problem) throw refusal(revoked);
	return revoked;
}
