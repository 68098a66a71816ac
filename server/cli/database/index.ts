import type { Command } from "commander";
import { addBackup } from "./backup.js";
import { addMigrate } from "./migrate.js";
import { addRestore } from "./restore.js";

export function addDatabaseCommands(program: Command): void {
	addMigrate(program);
	addBackup(program);
	addRestore(program);
}
