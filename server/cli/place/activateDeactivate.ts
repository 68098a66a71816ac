import type { Command } from "commander";
import { serializePlace } from "../../api/serializePlace.js";
import { commandLine } from "../../core/context.js";
import { changePlace } from "../../places/changePlace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { findPlace } from "./findPlace.js";
import { placeArgument, placeArgumentId } from "./placeArgument.js";
import { describePlace } from "./placeText.js";

const commands = {
	activate: {
		status: "active",
		description: "activate a place on the list",
		done: "Activated",
	},
	deactivate: {
		status: "inactive",
		description: "keep a place on the list, but deny its requests until you activate it again",
		done: "Deactivated",
	},
} as const;

/** `placelock place activate` and `placelock place deactivate` */
export function addPlaceActivateDeactivate(place: Command): void {
	for (const [name, { status, description, done }] of Object.entries(commands)) {
		place
			.command(name)
			.description(description)
			.argument("<workspace>", workspaceArgument)
			.argument("<place>", placeArgument)
			.option("--json", "print the place as one line of JSON, as the API returns it")
			.addHelpText("after", `\nExamples:\n  placelock place ${name} "Obby Studio" 123456`)
			.action(async (givenWorkspace: string, givenPlace: string, given: { json?: true }) => {
				const id = placeArgumentId(givenPlace);
				await withExistingServices(async (services) => {
					const before = await findPlace(services, givenWorkspace, id);
					const after =
						before.status === status
							? before
							: unwrap(await changePlace(services, before, { status }, commandLine));
					await printResult(
						given,
						serializePlace(after),
						`${colour("green", done)} ${describePlace(after)}.`,
					);
				});
			});
	}
}
