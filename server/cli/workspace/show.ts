import type { Command } from "commander";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { tell } from "../support/output.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { workspaceText } from "./workspaceText.js";

/** `placelock workspace show` */
export function addWorkspaceShow(workspace: Command): void {
	workspace
		.command("show")
		.description("show a workspace")
		.argument("<workspace>", workspaceArgument)
		.option("--json", "print it as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
Examples:
  placelock workspace show "Obby Studio"
  placelock workspace show ws_d7xo05NXfrt5 --json`,
		)
		.action(async (named: string, given: { json?: true }) => {
			await withExistingServices(async (services) => {
				const answer = serializeWorkspace(await findWorkspace(services, named), "owner");
				await tell(given, answer, () => workspaceText(answer));
			});
		});
}
