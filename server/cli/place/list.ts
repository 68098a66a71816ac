import type { Command } from "commander";
import { placeAnswer } from "../../api/serializePlace.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingDomain } from "../support/withServices.js";
import { workspaceArgument, workspaceNamed } from "../workspace/findWorkspace.js";

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
		.action(async (named: string, given: GivenListOptions) => {
			const options = readListOptions(given);
			await withExistingDomain(async (domain) => {
				const { places } = domain.store;
				const workspace = await workspaceNamed(domain, named);
				const answers = async function* () {
					for await (const page of recordPages((request) => places.list(workspace.id, request))) {
						yield page.map(placeAnswer);
					}
				};
				await printList(
					answers(),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "status", of: ({ status }) => status },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...options, none: "This workspace has no places: every game server is refused." },
				);
			});
		});
}
