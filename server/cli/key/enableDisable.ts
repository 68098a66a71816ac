import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { disableKey, enableKey } from "../../keys/changeKey.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findKey, keyArgument, loadKeyResponse, parseKeyId } from "./findKey.js";
import { describeKey } from "./keyText.js";

const commands = {
	disable: {
		change: disableKey,
		description: "disable a key until you enable it again; takes effect within a second",
		done: "Disabled",
	},
	enable: { change: enableKey, description: "enable a disabled key again", done: "Enabled" },
} as const;

/** `placelock key disable` and `placelock key enable` */
export function addKeyEnableDisable(key: Command): void {
	for (const [name, { change, description, done }] of Object.entries(commands)) {
		key
			.command(name)
			.description(description)
			.argument("<key>", keyArgument)
			.option("--json", "print the key as one line of JSON, as the API returns it")
			.addHelpText("after", `\nExamples:\n  placelock key ${name} oDkHvNq98l4k`)
			.action(async (givenKey: string, given: { json?: true }) => {
				const id = parseKeyId(givenKey);
				await withExistingServices(async (services) => {
					const changed = unwrap(await change(services, await findKey(services, id), commandLine));
					const response = await loadKeyResponse(services, changed);
					await printResult(
						given,
						response,
						`${colour("green", done)} ${describeKey(changed)}. Its status is ${response.status}.`,
					);
				});
			});
	}
}
