import type { Command } from "commander";
import { rotateKey as endpoint } from "../../../shared/endpoints/keys.js";
import { commandLine, type Services } from "../../core/context.js";
import { rotateKey } from "../../keys/rotateKey.js";
import type { KeyRecord } from "../../model/key.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { answerOf, keyIdIn, keyIdProblems } from "./findKey.js";
import { tokenText } from "./keyText.js";

/** What is different between a workspace's keys and admin keys. */
interface Rotated {
	/** "a key" */
	readonly what: string;
	/** The argument, and what it is. */
	readonly argument: "key" | "keyId";
	readonly about: string;
	/** What help says before the overlap. */
	readonly help: string;
	/** A command in the examples: "key rotate oDkHvNq98l4k". */
	readonly example: string;
	readonly find: (services: Services, id: string) => Promise<KeyRecord>;
	readonly mention: (key: KeyRecord) => string;
}

/** `rotate` of a group of commands. */
export function addRotateCommand(
	group: Command,
	{ what, argument, about, help, example, find, mention }: Rotated,
): void {
	group
		.command("rotate")
		.description(`give ${what} a new token; prints it, once, and honours the old one for a while`)
		.argument(`<${argument}>`, about)
		.option(
			"--overlap-seconds <seconds>",
			"how long the old token stays good, 0 to 2592000; a day when left out",
		)
		.option("--yes", "do not ask, where the old token ends at once")
		.option("--json", "print the key with its new token as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
${help}With --overlap-seconds 0 every older token is refused within a second: for the
day one has leaked.

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
			const id = keyIdIn(givenKey, argument);
			await withExistingServices(async (services) => {
				const found = await find(services, id);
				if (overlapSeconds === 0) {
					await confirm(
						`This ends every token of ${mention(found)} at once: whoever uses one is refused within a second.`,
						given,
					);
				}
				const { key: rotated, token } = unwrap(await rotateKey(services, found, overlapSeconds, commandLine));
				const answer = await answerOf(services, rotated);
				const until = answer.previousValidUntil;
				const old =
					until === undefined ? "The old token is no longer good." : `The old token is good until ${until}.`;
				await tell(
					given,
					{ ...answer, token },
					() => `${colour("green", "Rotated")} ${mention(rotated)}. ${old}\n\n${tokenText(token)}`,
				);
			});
		});
}
