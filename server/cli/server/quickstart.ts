import type { Command } from "commander";
import { name } from "../../../shared/endpoints/records.js";
import { object, optional, robloxId } from "../../../shared/schema.js";
import { describeDataLocation } from "../../boot/dataLocation.js";
import { publicAddress } from "../../boot/publicAddress.js";
import { commandLine, type Services } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { Problem } from "../../core/problem.js";
import { extractPlaceId } from "../../isomorphic/extractPlaceId.js";
import { issueKey } from "../../keys/issueKey.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { allowPlace } from "../../places/changePlace.js";
import { createWorkspace, deleteWorkspace } from "../../workspaces/changeWorkspace.js";
import { CommandFailure, commandFailure, problemFailure } from "../support/commandFailure.js";
import { readOptions } from "../support/readOptions.js";
import { withServices } from "../support/withServices.js";
import { type Quickstart, quickstartText } from "./quickstartText.js";

const options = object({ place: robloxId(), name: optional(name) });

/** `placelock quickstart`: everything a game needs for its first request. */
export function addQuickstart(program: Command): void {
	program
		.command("quickstart")
		.description("create a workspace, a place and a game key, and print a script for Roblox Studio")
		.option("--place <PlaceId>", "the place's ID, or a link to the game on roblox.com (required)")
		.option("--name <name>", 'the workspace\'s name (default: "My game")')
		.option("--json", "print only the IDs and the token, as one line of JSON")
		.addHelpText(
			"after",
			`
The server may be running or stopped. The key has no scopes: it can only verify
places until you add some.

Examples:
  placelock quickstart --place 123456
  placelock quickstart --place https://www.roblox.com/games/123456/My-Game --name "My game"
  placelock quickstart --place 123456 --json`,
		)
		.action(async (given: { place?: string; name?: string; json?: true }) => {
			const input = readOptions(
				options,
				{ place: extractPlaceId(given.place), name: given.name },
				nameProblems(given.name),
			);
			await withServices(async (services, settings) => {
				const created = await quickstart(services, input.place, input.name ?? "My game");
				const url = publicAddress(settings, settings.port);
				const text = given.json
					? JSON.stringify(created)
					: quickstartText(created, url, describeDataLocation(settings));
				process.stdout.write(`${text}\n`);
			});
		});
}

/** Creates everything or nothing: when a step fails, the steps before it are undone. */
export async function quickstart(
	services: Services,
	placeId: string,
	workspaceName: string,
): Promise<Quickstart> {
	const workspace = await createWorkspace(services, { name: workspaceName }, commandLine);
	if (workspace instanceof Problem) throw problemFailure(workspace);
	try {
		const input = { workspaceId: workspace.id, id: placeId, name: undefined };
		const place = await allowPlace(services, input, commandLine);
		if (place instanceof Problem) throw problemFailure(place);
		const issued = await issueKey(
			services,
			// Least privilege: verifying needs no scope, and the operator decides what else a game may do.
			{ kind: "game", workspaceId: workspace.id, name: "Game servers", scopes: [] },
			commandLine,
		);
		if (issued instanceof Problem) throw problemFailure(issued);
		return { workspaceId: workspace.id, placeId, keyId: issued.key.id, token: issued.token };
	} catch (error) {
		throw await undoQuickstart(services, workspace, error);
	}
}

/** Deletes the workspace with its place. When that fails too, the failure names what is left. */
async function undoQuickstart(
	services: Services,
	workspace: WorkspaceRecord,
	cause: unknown,
): Promise<unknown> {
	const failure = await deleteWorkspace(services, workspace, commandLine).catch((error: unknown) => error);
	if (failure === undefined) return cause;
	const { code, message, exitCode } = commandFailure(cause);
	const remains = `The workspace ${workspace.id} had been created and could not be removed; delete it.`;
	return new CommandFailure(code, `${message}\n${remains}`, exitCode);
}
