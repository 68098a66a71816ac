import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { changeKey } from "../../keys/changeKey.js";
import { systemClock } from "../../primitives/clock.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { readOptions, refuseNoChange } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { answerOf, findKey, keyArgument, keyIdIn, keyIdProblems } from "./findKey.js";
import {
	addKeyFields,
	changedKeyShape,
	expiryIn,
	type GivenKeyFields,
	keyFieldFaults,
	keyFieldValues,
} from "./keyOptions.js";
import { keyText } from "./keyText.js";

/** `placelock key change` */
export function addKeyChange(key: Command): void {
	const command = key
		.command("change")
		.description("change a key that is not revoked; running servers know within a second")
		.argument("<key>", keyArgument)
		.option("--name <name>", "what to call it");
	addKeyFields(command)
		.option("--json", "print the key as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
What is left out stays as it is. none clears --scopes, --place-ids,
--allowed-ips, --expires-at, --rate-limit and --quota; "" clears --description.

Examples:
  placelock key change oDkHvNq98l4k --scopes shop.read,shop.write
  placelock key change oDkHvNq98l4k --expires-at none --quota 1000000/month`,
		)
		.action(async (givenKey: string, { json, ...given }: GivenKeyFields & { json?: true }) => {
			refuseNoChange(given);
			// Whether the key may be bound to places is known once it is found.
			const faults = [...keyIdProblems(givenKey), ...keyFieldFaults("game", given, systemClock.now())];
			const { expiresDays, ...changes } = readOptions(changedKeyShape, keyFieldValues(given), faults, [
				"key",
			]);
			const id = keyIdIn(givenKey);
			await withExistingServices(async (services) => {
				const expiresAt = expiryIn({ ...changes, expiresDays }, services.clock.now());
				const found = await findKey(services, id);
				const changed = unwrap(await changeKey(services, found, { ...changes, expiresAt }, commandLine));
				const answer = await answerOf(services, changed);
				await tell({ json }, answer, () => `${colour("green", "Changed")} the key:\n\n${keyText(answer)}`);
			});
		});
}
