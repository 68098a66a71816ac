import type { Command } from "commander";
import { addRotateCommand } from "../key/rotateCommand.js";
import { adminKeyArgument, adminKeyMention, findAdminKey } from "./findAdminKey.js";

/** `placelock admin-key rotate` */
export function addAdminKeyRotate(adminKey: Command): void {
	addRotateCommand(adminKey, {
		what: "an admin key",
		argument: "keyId",
		about: adminKeyArgument,
		help: "It keeps its scopes and its expiry. ",
		example: "admin-key rotate 8Fh2kQ0pLm3x",
		find: findAdminKey,
		mention: adminKeyMention,
	});
}
