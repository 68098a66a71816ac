import type { Command } from "commander";
import { commandLine } from "../domain.js";
import { deleteWorkspace } from "../workspaces/changeWorkspace.js";
import { colour } from "./colour.js";
import { granted } from "./commandFailure.js";
import { confirm } from "./confirm.js";
import { tell } from "./output.js";
import { withExistingDomain } from "./withDomain.js";
import { workspaceArgument, workspaceNamed } from "./workspaceNamed.js";
import { workspaceMention } from "./workspaceText.js";

/** `placelock workspace delete` */
export function addWorkspaceDelete(workspace: Command): void {
	workspace
		.command("delete")
		.description("delete a workspace with its places and revoked keys")
		.argument("<workspace>", workspaceArgument)
		.option("--yes", "do not ask")
		.option("--json", "print the outcome as one line of JSON")
		.addHelpText(
			"after",
			`
Refused while the workspace has a key that is not revoked.

Examples:
  placelock workspace delete "Obby Studio"
  placelock workspace delete ws_d7xo05NXfrt5 --yes --json`,
		)
		.action(async (named: string, given: { yes?: true; json?: true }) => {
			await withExistingDomain(async (domain) => {
				const workspace = await workspaceNamed(domain, named);
				await confirm(
					`This deletes ${workspaceMention(workspace)} with its places and revoked keys, for good.`,
					given,
				);
				granted(await deleteWorkspace(domain, workspace, commandLine));
				await tell(
					given,
					{ workspaceId: workspace.id, deleted: true },
					`${colour("green", "Deleted")} ${workspaceMention(workspace)}.`,
				);
			});
		});
}
