import type { Command } from "commander";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { answerOf, findKey, keyArgument, keyIdIn } from "./findKey.js";
import { keyText } from "./keyText.js";

/** `placelock key show` */
export function addKeyShow(key: Command): void {
	key
		.command("show")
		.description("show a key; its token cannot be shown again")
		.argument("<key>", keyArgument)
		.option("--json", "print it as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
Examples:
  placelock key show oDkHvNq98l4k
  placelock key show plk_game_oDkHvNq98l4k --json`,
		)
		.action(async (givenKey: string, given: { json?: true }) => {
			const id = keyIdIn(givenKey);
			await withExistingServices(async (services) => {
				const answer = await answerOf(services, await findKey(services, id));
				await tell(given, answer, () => keyText(answer));
			});
		});
}
