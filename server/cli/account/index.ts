import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addAccountDelete } from "./delete.js";
import { addAccountEnableDisable } from "./enableDisable.js";
import { addAccountList } from "./list.js";
import { addAccountOperator } from "./operator.js";
import { addAccountReset } from "./reset.js";
import { addAccountShow } from "./show.js";

/** `placelock account …` */
export function addAccountCommands(program: Command): void {
	const group = addGroup(program, "account", "manage accounts and operator access", [
		"account list",
		"account reset kim",
	]);
	addAccountList(group);
	addAccountShow(group);
	addAccountReset(group);
	addAccountOperator(group);
	addAccountEnableDisable(group);
	addAccountDelete(group);
}
