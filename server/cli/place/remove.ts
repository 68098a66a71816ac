import type { Command } from "commander";
import { commandLine } from "../../core/context.js";
import { deletePlace } from "../../places/changePlace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { workspaceArgument } from "../workspace/findWorkspace.js";
import { findPlace } from "./findPlace.js";
import { placeArgument, placeArgumentId } from "./placeArgument.js";
import { placeText } from "./placeText.js";

/** `placelock place remove` */
export function addPlaceRemove(place: Command): void {
	place
		.command("remove")
		.description("take a place off a workspace's allow-list")
		.argument("<workspace>", workspaceArgument)
		.argument("<place>", placeArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Examples:
  placelock place remove "Obby Studio" 123456
  placelock place remove ws_d7xo05NXfrt5 123456 --yes`,
		)
		.action(async (named: string, givenPlace: string, given: { yes?: true; json?: true }) => {
			const id = placeArgumentId(givenPlace);
			await withExistingServices(async (services) => {
				const found = await findPlace(services, named, id);
				await confirm(
					`This takes ${placeText(found)} off the allow-list: its game servers are refused within a second.`,
					given,
				);
				unwrap(await deletePlace(services, found, commandLine));
				await tell(
					given,
					{ workspaceId: found.workspaceId, placeId: id, removed: true },
					`${colour("green", "Removed")} ${placeText(found)}.`,
				);
			});
		});
}
