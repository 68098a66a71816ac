import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addInvitationCreate } from "./create.js";
import { addInvitationDelete } from "./delete.js";
import { addInvitationList } from "./list.js";

/** `placelock invitation …` */
export function addInvitationCommands(program: Command): void {
	const group = addGroup(program, "invitation", "manage invitations to a workspace", [
		'invitation create "Obby Studio" --role admin --note Kim',
		'invitation list "Obby Studio"',
	]);
	addInvitationCreate(group);
	addInvitationList(group);
	addInvitationDelete(group);
}
