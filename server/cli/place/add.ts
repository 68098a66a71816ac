import type { Command } from "commander";
import { putPlace } from "../../../shared/endpoints/places.js";
import { object } from "../../../shared/schema.js";
import { serializePlace } from "../../api/serializePlace.js";
import { commandLine } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { allowPlace } from "../../places/changePlace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { plain, tell } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { placeArgument, placeField } from "./placeArgument.js";
import { placeText } from "./placeText.js";

/** `placelock place add` */
export function addPlaceAdd(place: Command): void {
	place
		.command("add")
		.description("put a place on a workspace's allow-list")
		.argument("<workspace>", workspaceArgument)
		.argument("<place>", placeArgument)
		.option("--name <name>", "what to call it")
		.option("--json", "print the place as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
A place that is on the list already becomes active, and keeps its name unless a
new one is given.

Examples:
  placelock place add "Obby Studio" 123456 --name Lobby
  placelock place add "Obby Studio" https://www.roblox.com/games/123456/My-Game`,
		)
		.action(async (named: string, givenPlace: string, given: { name?: string; json?: true }) => {
			const { place: id, name } = readOptions(
				object({ ...placeField, ...putPlace.body.fields }),
				{ place: extractPlaceId(givenPlace), name: given.name },
				nameProblems(given.name),
				["place"],
			);
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, named);
				const before = await services.store.places.find(workspace.id, id);
				const input = { workspaceId: workspace.id, id, name: name ?? before?.name };
				const allowed = unwrap(await allowPlace(services, input, commandLine));
				await tell(
					given,
					serializePlace(allowed),
					`${colour("green", "Allowed")} ${placeText(allowed)} in the workspace ${workspace.id} ("${plain(workspace.name)}").`,
				);
			});
		});
}
