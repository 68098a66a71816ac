import type { Command } from "commander";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, loadKeyResponse, parseKeyId } from "./findKey.js";
import { keyText } from "./keyText.js";

/** `placelock key show` */
export function addKeyShow(key: Command): void {
	key
		.command("show")
		.description("show a key; its token cannot be shown again")
		.argument("<key>", keyArgument)
		.option("--json", "print the key as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Examples:
  placelock key show oDkHvNq98l4k
  placelock key show plk_game_oDkHvNq98l4k --json`,
		)
		.action(async (givenKey: string, given: { json?: true }) => {
			const id = parseKeyId(givenKey);
			await withExistingServices(async (services) => {
				const response = await loadKeyResponse(services, await findKey(services, id));
				await printResult(given, response, () => keyText(response));
			});
		});
}
