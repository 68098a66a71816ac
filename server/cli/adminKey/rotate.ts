import type { Command } from "commander";
import { addRotateCommand } from "../key/rotateCommand.js";
import { adminKeyArgument, describeAdminKey, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key rotate` */
export function addAdminKeyRotate(adminKey: Command): void {
	addRotateCommand(adminKey, {
		what: "an admin key",
		argument: "keyId",
		about: adminKeyArgument,
		help: "The key keeps its scopes and its expiry.\n",
		example: "admin-key rotate 8Fh2kQ0pLm3x",
		find: findAdminKey,
		describe: describeAdminKey,
	});
}
