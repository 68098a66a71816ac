import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addPlaceActivateDeactivate } from "./activateDeactivate.js";
import { addPlaceAdd } from "./add.js";
import { addPlaceList } from "./list.js";
import { addPlaceRemove } from "./remove.js";

/** `placelock place …` */
export function addPlaceCommands(program: Command): void {
	const group = addGroup(program, "place", "manage a workspace's list of allowed places", [
		'place list "Obby Studio"',
		'place add "Obby Studio" 123456 --name Lobby',
	]);
	addPlaceAdd(group);
	addPlaceList(group);
	addPlaceActivateDeactivate(group);
	addPlaceRemove(group);
}
