import type { Command } from "commander";
import { workspaceAnswer } from "../../api/serializeWorkspace.js";
import { tell } from "../support/output.js";
import { withExistingDomain } from "../support/withServices.js";
import { workspaceArgument, workspaceNamed } from "./findWorkspace.js";
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
			await withExistingDomain(async (domain) => {
				const answer = workspaceAnswer(await workspaceNamed(domain, named), "owner");
				await tell(given, answer, () => workspaceText(answer));
			});
		});
}
