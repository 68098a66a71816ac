import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addWorkspaceChange } from "./change.js";
import { addWorkspaceCreate } from "./create.js";
import { addWorkspaceDelete } from "./delete.js";
import { addWorkspaceList } from "./list.js";
import { addWorkspaceShow } from "./show.js";

/** `placelock workspace …` */
export function addWorkspaceCommands(program: Command): void {
	const group = addGroup(program, "workspace", "create, list, change and delete workspaces", [
		"workspace list",
		'workspace create "Obby Studio"',
	]);
	addWorkspaceCreate(group);
	addWorkspaceList(group);
	addWorkspaceShow(group);
	addWorkspaceChange(group);
	addWorkspaceDelete(group);
}
