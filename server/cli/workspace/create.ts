import type { Command } from "commander";
import { createWorkspace as endpoint } from "../../../shared/endpoints/workspaces.js";
import { serializeWorkspace } from "../../api/serializeWorkspace.js";
import { commandLine } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { createWorkspace } from "../../workspaces/changeWorkspace.js";
import { colour } from "../support/colour.js";
import { unwrap } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { digitsToNumber, readOptions } from "../support/readOptions.js";
import { withServices } from "../support/withServices.js";
import { workspaceText } from "./workspaceText.js";

/** `placelock workspace create` */
export function addWorkspaceCreate(workspace: Command): void {
	workspace
		.command("create")
		.description("create a workspace")
		.argument("<name>", "name of the workspace")
		.option(
			"--place-proof <proof>",
			"required proof of the place: claimed, header or network (default: the server's)",
		)
		.option("--idle-days <days>", "days without use after which a key stops working (default: never)")
		.option("--max-keys <count>", "maximum number of keys that are not revoked (default: 1000)")
		.option("--json", "print the workspace as one line of JSON, as the API returns it")
		.addHelpText(
			"after",
			`
Examples:
  placelock workspace create "Obby Studio"
  placelock workspace create "Obby Studio" --place-proof network --idle-days 90
  placelock workspace create "Obby Studio" --json`,
		)
		.action(
			async (
				name: string,
				given: { placeProof?: string; idleDays?: string; maxKeys?: string; json?: true },
			) => {
				const typed = {
					name,
					placeProof: given.placeProof,
					idleDays: digitsToNumber(given.idleDays),
					maxKeys: digitsToNumber(given.maxKeys),
				};
				const input = readOptions(endpoint.body, typed, nameProblems(name), ["name"]);
				await withServices(async (services) => {
					const created = serializeWorkspace(
						unwrap(await createWorkspace(services, input, commandLine)),
						"owner",
					);
					await printResult(
						given,
						created,
						() => `${colour("green", "Created")} a workspace:\n\n${workspaceText(created)}`,
					);
				});
			},
		);
}
