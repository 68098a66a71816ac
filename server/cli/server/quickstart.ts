import type { Command } from "commander";
import { name } from "../../../shared/endpoints/records.js";
import { object, optional, robloxId } from "../../../shared/schema.js";
import { dataPlace } from "../../boot/dataLocation.js";
import { publicAddress } from "../../boot/publicAddress.js";
import { commandLine, type Domain } from "../../core/context.js";
import { nameProblems } from "../../core/names.js";
import { Problem } from "../../core/problem.js";
import { placeIdIn } from "../../isomorphic/placeIdIn.js";
import { issueKey } from "../../keys/issueKey.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import { allowPlace } from "../../places/changePlace.js";
import { createWorkspace, deleteWorkspace } from "../../workspaces/changeWorkspace.js";
import { CommandFailure, commandFailure, refusal } from "../support/commandFailure.js";
import { readOptions } from "../support/readOptions.js";
import { withDomain } from "../support/withServices.js";
import { quickstartText } from "./quickstartText.js";

const options = object({ place: robloxId(), name: optional(name) });

/** What quickstart made; `--json` prints exactly this. */
export interface Quickstart {
	readonly workspaceId: string;
	readonly placeId: string;
	readonly keyId: string;
	readonly token: string;
}

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
			const wish = readOptions(
				options,
				{ place: placeIdIn(given.place), name: given.name },
				nameProblems(given.name),
			);
			await withDomain(async (domain, settings) => {
				const made = await quickstart(domain, wish.place, wish.name ?? "My game");
				const url = publicAddress(settings, settings.port);
				const text = given.json ? JSON.stringify(made) : quickstartText(made, url, dataPlace(settings));
				process.stdout.write(`${text}\n`);
			});
		});
}

/** All of it or nothing: what was made before a step failed is taken back. */
export async function quickstart(
	domain: Domain,
	placeId: string,
	workspaceName: string,
): Promise<Quickstart> {
	const workspace = await createWorkspace(domain, { name: workspaceName }, commandLine);
	if (workspace instanceof Problem) throw refusal(workspace);
	try {
		const wish = { workspaceId: workspace.id, id: placeId, name: undefined };
		const place = await allowPlace(domain, wish, commandLine);
		if (place instanceof Problem) throw refusal(place);
		const issued = await issueKey(
			domain,
			// Default deny: verifying needs no scope, and what else a game may do is its operator's to say.
			{ kind: "game", workspaceId: workspace.id, name: "Game servers", scopes: [] },
			commandLine,
		);
		if (issued instanceof Problem) throw refusal(issued);
		return { workspaceId: workspace.id, placeId, keyId: issued.key.id, token: issued.token };
	} catch (error) {
		throw await takenBack(domain, workspace, error);
	}
}

/** Deletes the workspace with its place; when that fails too, the failure says what is left. */
async function takenBack(domain: Domain, workspace: WorkspaceRecord, cause: unknown): Promise<unknown> {
	const left = await deleteWorkspace(domain, workspace, commandLine).catch((error: unknown) => error);
	if (left === undefined) return cause;
	const { code, message, exitCode } = commandFailure(cause);
	const what = `The workspace ${workspace.id} was made before, and is still there.`;
	return new CommandFailure(code, `${message}\n${what}`, exitCode);
}
