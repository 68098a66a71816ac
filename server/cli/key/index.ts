import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addKeyChange } from "./change.js";
import { addKeyCreate } from "./create.js";
import { addKeyDelete } from "./delete.js";
import { addKeyEnableDisable } from "./enableDisable.js";
import { addKeyImport } from "./import.js";
import { addKeyList } from "./list.js";
import { addKeyRevoke } from "./revoke.js";
import { addKeyRotate } from "./rotate.js";
import { addKeyShow } from "./show.js";

/** `placelock key …` */
export function addKeyCommands(program: Command): void {
	const group = addGroup(
		program,
		"key",
		"create, import, list, change, rotate and revoke a workspace's API keys",
		['key list "Obby Studio"', 'key create "Obby Studio" --name "Game servers"'],
	);
	addKeyCreate(group);
	addKeyList(group);
	addKeyShow(group);
	addKeyChange(group);
	addKeyRotate(group);
	addKeyEnableDisable(group);
	addKeyRevoke(group);
	addKeyDelete(group);
	addKeyImport(group);
}
