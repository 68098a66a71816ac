import type { Command } from "commander";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { printResult } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { workspaceText } from "./workspaceText.js";

/** `placelock workspace show` */
export function addWorkspaceShow(workspace: Command): void {
	workspace
		.command("show")
		.description("show a workspace")
		.argument("<workspace>", workspaceArgument)
		.option("--json", "print the workspace as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Examples:
  placelock workspace show "Obby Studio"
  placelock workspace show ws_d7xo05NXfrt5 --json`,
		)
		.action(async (givenWorkspace: string, given: { json?: true }) => {
			await withExistingServices(async (services) => {
				const response = serializeWorkspace(await findWorkspace(services, givenWorkspace), "owner");
				await printResult(given, response, () => workspaceText(response));
			});
		});
}
