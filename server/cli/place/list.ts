import type { Command } from "commander";
import { serializePlace } from "../../api/serializePlace.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "../workspace/findWorkspace.js";

/** `placelock place list` */
export function addPlaceList(place: Command): void {
	addListOptions(place.command("list").argument("<workspace>", workspaceArgument))
		.description("list a workspace's places, newest first")
		.addHelpText(
			"after",
			`
Examples:
  placelock place list "Obby Studio"
  placelock place list ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: GivenListOptions) => {
			const options = readListOptions(given);
			await withExistingServices(async (services) => {
				const { places } = services.store;
				const workspace = await findWorkspace(services, givenWorkspace);
				const pages = async function* () {
					for await (const page of recordPages((request) => places.list(workspace.id, request))) {
						yield page.map(serializePlace);
					}
				};
				await printList(
					pages(),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "status", of: ({ status }) => status },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...options, none: "No places: game keys are denied everywhere until you add one." },
				);
			});
		});
}
