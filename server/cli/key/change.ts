import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { changeKey } from "../../keys/changeKey.js";
import { systemClock } from "../../primitives/clock.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { readOptions, requireChange } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, keyIdProblems, loadKeyResponse, parseKeyId } from "./findKey.js";
import {
	addKeyFields,
	changedKeyShape,
	type GivenKeyFields,
	keyFieldValues,
	keyOptionProblems,
	resolveExpiry,
} from "./keyOptions.js";
import { keyText } from "./keyText.js";

/** `placelock key change` */
export function addKeyChange(key: Command): void {
	const command = key
		.command("change")
		.description("change a key that is not revoked; takes effect within a second")
		.argument("<key>", keyArgument)
		.option("--name <name>", "name of the key");
	addKeyFields(command)
		.option("--json", "print the key as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Options that are left out do not change. none clears --scopes, --place-ids,
--allowed-ips, --expires-at, --rate-limit and --quota; "" clears --description.

Examples:
  placelock key change oDkHvNq98l4k --scopes shop.read,shop.write
  placelock key change oDkHvNq98l4k --expires-at none --quota 1000000/month`,
		)
		.action(async (givenKey: string, { json, ...given }: GivenKeyFields & { json?: true }) => {
			requireChange(given);
			// The kind of the key is not known yet, so place IDs are allowed here.
			const problems = [...keyIdProblems(givenKey), ...keyOptionProblems("game", given, systemClock.now())];
			const { expiresDays, ...changes } = readOptions(changedKeyShape, keyFieldValues(given), problems, [
				"key",
			]);
			const id = parseKeyId(givenKey);
			await withExistingServices(async (services) => {
				const expiresAt = resolveExpiry({ ...changes, expiresDays }, services.clock.now());
				const found = await findKey(services, id);
				const changed = unwrap(await changeKey(services, found, { ...changes, expiresAt }, commandLine));
				const response = await loadKeyResponse(services, changed);
				await printResult(
					{ json },
					response,
					() => `${colour("green", "Changed")} the key:\n\n${keyText(response)}`,
				);
			});
		});
}
