import type { Command } from "commander";
import { changeWorkspace as endpoint } from "../../../shared/endpoints/workspaces.js";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { commandLine } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { changeWorkspace } from "../../workspaces/changeWorkspace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { confirm } from "../support/confirm.js";
import { printResult } from "../support/output.js";
import { digitsToNumber, parseClearable, readOptions, requireChange } from "../support/readOptions.js";
import { withExistingServices } from "../support/withServices.js";
import { findWorkspace, workspaceArgument } from "./findWorkspace.js";
import { describeWorkspace, workspaceText } from "./workspaceText.js";

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
		.description("change a workspace; takes effect within a second")
		.argument("<workspace>", workspaceArgument)
		.option("--name <name>", "name of the workspace")
		.option("--status <status>", "active or suspended; a suspended workspace denies every request")
		.option("--place-proof <proof>", "claimed, header, network, or none for the server's default")
		.option("--idle-days <days>", "days without use after which a key stops working, or none")
		.option("--max-keys <count>", "maximum number of keys that are not revoked")
		.option("--yes", "skip confirmation when suspending")
		.option("--json", "print the workspace as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Options that are left out do not change.

Examples:
  placelock workspace change "Obby Studio" --status suspended
  placelock workspace change ws_d7xo05NXfrt5 --idle-days none --place-proof network`,
		)
		.action(async (givenWorkspace: string, { json, yes, ...given }: Given) => {
			requireChange(given);
			const typed = {
				name: given.name,
				status: given.status,
				placeProof: parseClearable(given.placeProof, (text) => text),
				idleDays: parseClearable(given.idleDays, digitsToNumber),
				maxKeys: digitsToNumber(given.maxKeys),
			};
			const changes = readOptions(endpoint.body, typed, nameProblems(given.name));
			await withExistingServices(async (services) => {
				const workspace = await findWorkspace(services, givenWorkspace);
				if (changes.status === "suspended" && workspace.status !== "suspended") {
					await confirm(
						`This suspends ${describeWorkspace(workspace)}. Its keys stop working within a second until you set it to active.`,
						{ yes },
					);
				}
				const changed = unwrap(await changeWorkspace(services, workspace, changes, commandLine));
				const response = serializeWorkspace(changed, "owner");
				await printResult(
					{ json },
					response,
					() => `${colour("green", "Changed")} the workspace:\n\n${workspaceText(response)}`,
				);
			});
		});
}
