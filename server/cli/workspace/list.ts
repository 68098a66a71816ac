import type { Command } from "commander";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { addListOptions, type GivenListOptions, readListOptions } from "../support/listOptions.js";
import { printList } from "../support/output.js";
import { recordPages } from "../support/recordPages.js";
import { withExistingServices } from "../support/withServices.js";

/** `placelock workspace list` */
export function addWorkspaceList(workspace: Command): void {
	addListOptions(workspace.command("list"))
		.description("list workspaces, newest first")
		.addHelpText(
			"after",
			`
Examples:
  placelock workspace list
  placelock workspace list --limit 10 --json`,
		)
		.action(async (given: GivenListOptions) => {
			const options = readListOptions(given);
			await withExistingServices(async ({ store }) => {
				const pages = async function* () {
					for await (const page of recordPages((request) => store.workspaces.list(request))) {
						yield page.map((workspace) => serializeWorkspace(workspace, "owner"));
					}
				};
				await printList(
					pages(),
					[
						{ title: "id", of: ({ id }) => id },
						{ title: "name", of: ({ name }) => name },
						{ title: "status", of: ({ status }) => status },
						{ title: "place proof", of: ({ placeProof }) => placeProof },
						{ title: "idle days", of: ({ idleDays }) => idleDays?.toString() },
						{ title: "created", of: ({ createdAt }) => createdAt },
					],
					{ ...options, none: "No workspaces yet." },
				);
			});
		});
}
