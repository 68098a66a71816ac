import type { Command } from "commander";
import { changeWorkspace as endpoint } from "../../../shared/endpoints/workspaces.js";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { commandLine } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { changeWorkspace } from "../../workspaces/changeWorkspace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { tell } from "../support/output.js";
import { digitsToNumber, orNone, readOptions, refuseNoChange } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { workspaceMention, workspaceText } from "./workspaceText.js";

interface Given {
	readonly name?: string;
	readonly status?: string;
	readonly placeProof?: string;
	readonly idleDays?: string;
	readonly maxKeys?: string;
	readonly yes?: true;
	readonly json?: true;
}

/** `placelock workspace change` */
export function addWorkspaceChange(workspace: Command): void {
	workspace
		.command("change")
		.description("change a workspace; running servers know within a second")
		.argument("<workspace>", workspaceArgument)
		.option("--name <name>", "what to call it")
		.option("--status <status>", "active or suspended; every key of a suspended workspace is refused")
		.option("--place-proof <proof>", "claimed, header, network, or none for the server's own setting")
		.option("--idle-days <days>", "days without use after which a key stops working, or none")
		.option("--max-keys <count>", "most keys that are not revoked")
		.option("--yes", "do not ask, where it is to be suspended")
		.option("--json", "print the workspace as one line of JSON, as the API answers it")
		.addHelpText(
			"after",
			`
What is left out stays as it is.

Examples:
  placelock workspace change "Obby Studio" --status suspended
  placelock workspace change ws_d7xo05NXfrt5 --idle-days none --place-proof network`,
		)
		.action(async (named: string, { json, yes, ...given }: Given) => {
			refuseNoChange(given);
			const typed = {
				name: given.name,
				status: given.status,
				placeProof: orNone(given.placeProof, (text) => text),
				idleDays: orNone(given.idleDays, digitsToNumber),
				maxKeys: digitsToNumber(given.maxKeys),
			};
			const changes = readOptions(endpoint.body, typed, nameProblems(given.name));
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, named);
				if (changes.status === "suspended" && workspace.status !== "suspended") {
					await confirm(
						`This suspends ${workspaceMention(workspace)}: its keys are refused within a second, until it is active again.`,
						{ yes },
					);
				}
				const changed = unwrap(await changeWorkspace(services, workspace, changes, commandLine));
				const answer = serializeWorkspace(changed, "owner");
				await tell(
					{ json },
					answer,
					() => `${colour("green", "Changed")} the workspace:\n\n${workspaceText(answer)}`,
				);
			});
		});
}
