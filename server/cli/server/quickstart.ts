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

/** `placelock quickstart`: everything a game needs for its first answer. */
export function addQuickstart(program: Command): void {
	program
		.command("quickstart")
		.description("make a workspace, a place and a game key, and the script to paste into Roblox Studio")
		.option("--place <PlaceId>", "the place's id, or a link to the game on roblox.com (required)")
		.option("--name <name>", 'the workspace\'s name, "My game" when left out')
		.option("--json", "print only the ids and the token, as one line of JSON")
		.addHelpText(
			"after",
			`
The server need not be running, and may be. The key gets no scopes: it can
verify, and nothing else, until you give it more.

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
				const made = await quickstart(services, input.place, input.name ?? "My game");
				const url = publicAddress(settings, settings.port);
				const text = given.json
					? JSON.stringify(made)
					: quickstartText(made, url, describeDataLocation(settings));
				process.stdout.write(`${text}\n`);
			});
		});
}

/** All of it or nothing: what was made before a step failed is taken back. */
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
			// Default deny: verifying needs no scope, and what else a game may do is its operator's to say.
			{ kind: "game", workspaceId: workspace.id, name: "Game servers", scopes: [] },
			commandLine,
		);
		if (issued instanceof Problem) throw problemFailure(issued);
		return { workspaceId: workspace.id, placeId, keyId: issued.key.id, token: issued.token };
	} catch (error) {
		throw await takenBack(services, workspace, error);
	}
}

/** Deletes the workspace with its place; when that fails too, the failure says what is left. */
async function takenBack(services: Services, workspace: WorkspaceRecord, cause: unknown): Promise<unknown> {
	const left = await deleteWorkspace(services, workspace, commandLine).catch((error: unknown) => error);
	if (left === undefined) return cause;
	const { code, message, exitCode } = commandFailure(cause);
	const what = `The workspace ${workspace.id} was made before, and is still there.`;
	return new CommandFailure(code, `${message}\n${what}`, exitCode);
}
