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
import { printResult } from "../support/output.js";
import { readOptions } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";
import { describeWorkspace } from "../workspace/workspaceText.js";
import { placeArgument, placeField } from "./placeArgument.js";
import { describePlace } from "./placeText.js";

/** `placelock place add` */
export function addPlaceAdd(place: Command): void {
	place
		.command("add")
		.description("add a place to a workspace's list of allowed places")
		.argument("<workspace>", workspaceArgument)
		.argument("<place>", placeArgument)
		.option("--name <name>", "optional label, such as Lobby")
		.option("--json", "print the place as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
A place that is already on the list becomes active. It keeps its name unless you
give a new one.

Examples:
  placelock place add "Obby Studio" 123456 --name Lobby
  placelock place add "Obby Studio" https://www.roblox.com/games/123456/My-Game`,
		)
		.action(async (givenWorkspace: string, givenPlace: string, given: { name?: string; json?: true }) => {
			const { place: id, name } = readOptions(
				object({ ...placeField, ...putPlace.body.fields }),
				{ place: extractPlaceId(givenPlace), name: given.name },
				nameProblems(given.name),
				["place"],
			);
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				const before = await services.store.places.find(workspace.id, id);
				const input = { workspaceId: workspace.id, id, name: name ?? before?.name };
				const allowed = unwrap(await allowPlace(services, input, commandLine));
				await printResult(
					given,
					serializePlace(allowed),
					`${colour("green", "Added")} ${describePlace(allowed)} to ${describeWorkspace(workspace)}.`,
				);
			});
		});
}
