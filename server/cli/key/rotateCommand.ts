import type { Command } from "commander";
import { rotateKey as endpoint } from "../../../shared/endpoints/keys.js";
import { commandLine, type Services } from "../../core/context.js";
import { rotateKey } from "../../keys/rotateKey.js";
import type { KeyRecord } from "../../model/key.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { keyIdProblems, loadKeyResponse, parseKeyId } from "./findKey.js";
import { tokenText } from "./keyText.js";

/** What differs between a workspace's keys and admin keys. */
interface Rotated {
	/** What is rotated: "a key". */
	readonly what: string;
	/** The argument and its description. */
	readonly argument: "key" | "keyId";
	readonly about: string;
	/** Help text before the paragraph on the overlap. */
	readonly help: string;
	/** The command in the examples: "key rotate oDkHvNq98l4k". */
	readonly example: string;
	readonly find: (services: Services, id: string) => Promise<KeyRecord>;
	readonly describe: (key: KeyRecord) => string;
}

/** Adds `rotate` to a group of commands. */
export function addRotateCommand(
	group: Command,
	{ what, argument, about, help, example, find, describe }: Rotated,
): void {
	group
		.command("rotate")
		.description(`give ${what} a new token; prints it once and keeps the old one valid for a while`)
		.argument(`<${argument}>`, about)
		.option(
			"--overlap-seconds <seconds>",
			"how long the old token stays valid, 0 to 2592000 (default: one day)",
		)
		.option("--yes", "skip confirmation when old tokens are revoked immediately")
		.option("--json", "print the key and its new token as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
${help}--overlap-seconds 0 revokes every older token within a second. Use it if a token
has leaked.

Examples:
  placelock ${example}
  placelock ${example} --overlap-seconds 0 --yes --json`,
		)
		.action(async (givenKey: string, given: { overlapSeconds?: string; yes?: true; json?: true }) => {
			const { overlapSeconds } = readOptions(
				endpoint.body,
				{ overlapSeconds: digitsToNumber(given.overlapSeconds) },
				keyIdProblems(givenKey, argument),
				[argument],
			);
			const id = parseKeyId(givenKey, argument);
			await withExistingServices(async (services) => {
				const found = await find(services, id);
				if (overlapSeconds === 0) {
					await confirm(
						`This revokes every current token of ${describe(found)}. Requests with them are denied within a second.`,
						given,
					);
				}
				const { key: rotated, token } = unwrap(await rotateKey(services, found, overlapSeconds, commandLine));
				const response = await loadKeyResponse(services, rotated);
				const until = response.previousValidUntil;
				const old =
					until === undefined ? "The old token no longer works." : `The old token is valid until ${until}.`;
				await printResult(
					given,
					{ ...response, token },
					() => `${colour("green", "Rotated")} ${describe(rotated)}. ${old}\n\n${tokenText(token)}`,
				);
			});
		});
}
