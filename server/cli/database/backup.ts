import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { commandName } from "../../boot/commandName.js";
import { readEnvironment, readSettings, type Settings } from "../../boot/config.js";
import { exitCodes } from "../../boot/exitCodes.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import { fileExists, statIfExists } from "../../primitives/files.js";
import { optionalIsoTime } from "../../primitives/timestamps.js";
import { secretFile } from "../../secrets/serverSecret.js";
import { databaseFile } from "../../storage/openStore.js";
import { colour } from "../support/colour.js";
import { CommandFailure } from "../support/commandFailure.js";
import { tell } from "../support/output.js";
import { refuseMissing } from "../support/withServices.js";
import { mongodumpFailure } from "./mongodbTools.js";

/** `placelock backup` */
export function addBackup(program: Command): void {
	program
		.command("backup")
		.description("copy the embedded database into a file, while servers run")
		.argument("<file>", "where to; readable by its owner only")
		.option("--force", "replace the file when it is there already")
		.option("--json", "print what was written as one line of JSON")
		.addHelpText(
			"after",
			`
The copy is of one moment, and whole. It holds everything but the secret, without
which no key in it is good: copy that once, and keep it apart from the backups.
The command says where it is.

Examples:
  placelock backup /var/backups/placelock.db
  placelock backup placelock-2026-11-21.db --json`,
		)
		.action(async (given: string, { force = false, json }: { force?: boolean; json?: true }) => {
			const settings = readSettings(readEnvironment());
			if (settings.mongodbUri !== undefined) throw mongodumpFailure(settings.mongodbUri, given);
			refuseMissing(settings.dataDir);
			const database = resolve(databaseFile(settings.dataDir));
			const file = resolve(given);
			refuseTarget(file, { database, secret: resolve(secretFile(settings)) }, force);
			const { backupDatabase } = await import("../../storage/sqlite/backup.js");
			const { FileExists } = await import("../../storage/sqlite/atomicFile.js");
			const made = await backupDatabase(database, file, { replace: force }).catch((error: unknown) => {
				throw error instanceof FileExists ? targetExists(file) : error;
			});
			const { schema, bytes, workspaces, keys, lastChangeAt } = made;
			const needs = secretsOf(settings);
			await tell(
				{ json },
				{ file, bytes, schema, workspaces, keys, lastChangeAt: optionalIsoTime(lastChangeAt), needs },
				`${colour("green", "Wrote")} ${file}: ${bytes} bytes, schema ${schema}, ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}.

Not in it, and needed for any of its keys to be good:

${needs.map((one) => `  ${one}`).join("\n")}

To go back to it, with no server running:

  ${commandName()} restore ${shellWord(file)} --force

Where there is no database yet, leave out --force.`,
			);
		});
}

/** A path as a shell takes it for one word. */
function shellWord(path: string): string {
	return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`;
}

/** The secrets that keys of this database may be made with, by where they are. */
export function secretsOf(settings: Pick<Settings, "secret" | "retiredSecrets" | "dataDir">): string[] {
	const kept = resolve(secretFile(settings));
	return [
		...(settings.secret === undefined ? [] : ["PLACELOCK_SECRET"]),
		...(settings.retiredSecrets.length === 0 ? [] : ["PLACELOCK_RETIRED_SECRETS"]),
		...(fileExists(kept) ? [kept] : []),
	];
}

/** Nothing is written over the database, what belongs to it, or the secret, whatever they are called here. */
function refuseTarget(
	file: string,
	{ database, secret }: { readonly database: string; readonly secret: string },
	force: boolean,
): void {
	const refuse = (message: string) => new CommandFailure("refused", message, exitCodes.refused);
	if (!fileExists(dirname(file))) throw refuse(`there is no folder ${dirname(file)}`);
	const own = new Map([
		[database, "the database itself"],
		[`${database}-wal`, "a part of the database"],
		[`${database}-shm`, "a part of the database"],
		[secret, "the secret, without which no key is good"],
	]);
	const known = own.get(file) ?? [...own].find(([path]) => sameFile(path, file))?.[1];
	if (known !== undefined) throw refuse(`${file} is ${known}: name another file`);
	const found = statIfExists(file);
	if (found === undefined) return;
	if (!found.isFile()) throw refuse(`${file} is no file: name one to write to`);
	if (!force) throw targetExists(file);
}

/** Whether both are there, and one. */
function sameFile(one: string, other: string): boolean {
	const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
	return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function targetExists(file: string): CommandFailure {
	return new CommandFailure(
		"exists",
		`${file} is there already. To replace it, add --force.`,
		exitCodes.refused,
	);
}
