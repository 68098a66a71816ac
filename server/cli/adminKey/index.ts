import type { Command } from "commander";
import { addGroup } from "../support/addGroup.js";
import { addAdminKeyCreate } from "./create.js";
import { addAdminKeyDelete } from "./delete.js";
import { addAdminKeyList } from "./list.js";
import { addAdminKeyRevoke } from "./revoke.js";
import { addAdminKeyRotate } from "./rotate.js";

/** `placelock admin-key …` */
export function addAdminKeyCommands(program: Command): void {
	const group = addGroup(
		program,
		"admin-key",
		"create, list, rotate and revoke keys for the management API",
		["admin-key list", "admin-key create --name deploy --expires-days 90"],
	);
	addAdminKeyCreate(group);
	addAdminKeyList(group);
	addAdminKeyRotate(group);
	addAdminKeyRevoke(group);
	addAdminKeyDelete(group);
}
