import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { disableKey, enableKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { answerOf, findKey, keyArgument, keyIdIn } from "./findKey.js";
import { keyMention } from "./keyText.js";

const commands = {
	disable: {
		change: disableKey,
		description: "pause a key: it is refused within a second, until it is enabled again",
		done: "Disabled",
	},
	enable: { change: enableKey, description: "make a paused key good again", done: "Enabled" },
} as const;

/** `placelock key disable` and `placelock key enable` */
export function addKeyEnableDisable(key: Command): void {
	for (const [name, { change, description, done }] of Object.entries(commands)) {
		key
			.command(name)
			.description(description)
			.argument("<key>", keyArgument)
			.option("--json", "print the key as one line of JSON, as the API answers it")
			.addHelpText("after", `\nExamples:\n  placelock key ${name} oDkHvNq98l4k`)
			.action(async (givenKey: string, given: { json?: true }) => {
				const id = keyIdIn(givenKey);
				await withExistingServices(async (services) => {
					const changed = unwrap(await change(services, await findKey(services, id), commandLine));
					const answer = await answerOf(services, changed);
					await tell(
						given,
						answer,
						`${colour("green", done)} ${keyMention(changed)}: it is ${answer.status}.`,
					);
				});
			});
	}
}
