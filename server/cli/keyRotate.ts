import type { Command } from "commander";
import { rotateKey as endpoint } from "../../shared/endpoints/keys.js";
import { commandLine } from "../domain.js";
import { rotateKey } from "../keys/rotateKey.js";
import { colour } from "./colour.js";
import { granted } from "./commandFailure.js";
import { confirm } from "./confirm.js";
import { answerOf, keyArgument, keyIdIn, keyIdProblems, keyWithId } from "./keyNamed.js";
import { keyMention, tokenText } from "./keyText.js";
import { tell } from "./output.js";
import { digitsToNumber, readOptions } from "./readOptions.js";
import { withExistingDomain } from "./withDomain.js";

/** `placelock key rotate` */
export function addKeyRotate(key: Command): void {
	key
		.command("rotate")
		.description("give a key a new token; prints it, once, and honours the old one for a while")
		.argument("<key>", keyArgument)
		.option(
			"--overlap-seconds <seconds>",
			"how long the old token stays good, 0 to 2592000; a day when left out",
		)
		.option("--yes", "do not ask, where the old token ends at once")
		.option("--json", "print the key with its new token as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
With --overlap-seconds 0 every older token is refused within a second: for the
day one has leaked.

Examples:
  placelock key rotate oDkHvNq98l4k
  placelock key rotate oDkHvNq98l4k --overlap-seconds 0 --yes --json`,
		)
		.action(async (givenKey: string, given: { overlapSeconds?: string; yes?: true; json?: true }) => {
			const { overlapSeconds } = readOptions(
				endpoint.body,
				{ overlapSeconds: digitsToNumber(given.overlapSeconds) },
				keyIdProblems(givenKey),
				["key"],
			);
			const id = keyIdIn(givenKey);
			await withExistingDomain(async (domain) => {
				const found = await keyWithId(domain, id);
				if (overlapSeconds === 0) {
					await confirm(
						`This ends every token of ${keyMention(found)} at once: whoever uses one is refused within a second.`,
						given,
					);
				}
				const { key: rotated, token } = granted(await rotateKey(domain, found, overlapSeconds, commandLine));
				const answer = await answerOf(domain, rotated);
				const until = answer.previousValidUntil;
				const old =
					until === undefined ? "The old token is no longer good." : `The old token is good until ${until}.`;
				await tell(
					given,
					{ ...answer, token },
					() => `${colour("green", "Rotated")} ${keyMention(rotated)}. ${old}\n\n${tokenText(token)}`,
				);
			});
		});
}
