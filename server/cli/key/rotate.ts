import type { Command } from "commander";
import { findKey, keyArgument } from "./findKey.js";
import { describeKey } from "./keyText.js";
import { addRotateCommand } from "./rotateCommand.js";

/** `placelock key rotate` */
export function addKeyRotate(key: Command): void {
	addRotateCommand(key, {
		what: "a key",
		argument: "key",
		about: keyArgument,
		help: "",
		example: "key rotate oDkHvNq98l4k",
		find: findKey,
		describe: describeKey,
	});
}
