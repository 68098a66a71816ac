import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addMemberList } from "./list.js";
import { addMemberRemove } from "./remove.js";
import { addMemberRole } from "./role.js";

/** `placelock member …` */
export function addMemberCommands(program: Command): void {
	const group = addGroup(program, "member", "manage the members of a workspace", [
		'member list "Obby Studio"',
		'member role "Obby Studio" kim owner',
	]);
	addMemberList(group);
	addMemberRole(group);
	addMemberRemove(group);
}
