import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { deletePlace } from "../../places/changePlace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { findPlace } from "./findPlace.js";
import { placeArgument, placeArgumentId } from "./placeArgument.js";
import { describePlace } from "./placeText.js";

/** `placelock place remove` */
export function addPlaceRemove(place: Command): void {
	place
		.command("remove")
		.description("remove a place from a workspace's list of allowed places")
		.argument("<workspace>", workspaceArgument)
		.argument("<place>", placeArgument)
		.option("--yes", "skip confirmation")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Examples:
  placelock place remove "Obby Studio" 123456
  placelock place remove ws_d7xo05NXfrt5 123456 --yes`,
		)
		.action(async (givenWorkspace: string, givenPlace: string, given: { yes?: true; json?: true }) => {
			const id = placeArgumentId(givenPlace);
			await withExistingServices(async (services) => {
				const found = await findPlace(services, givenWorkspace, id);
				await confirm(
					`This removes ${describePlace(found)} from the allowed places. Its requests are denied within a second.`,
					given,
				);
				unwrap(await deletePlace(services, found, commandLine));
				await printResult(
					given,
					{ workspaceId: found.workspaceId, placeId: id, removed: true },
					`${colour("green", "Removed")} ${describePlace(found)}.`,
				);
			});
		});
}
