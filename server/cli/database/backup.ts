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
import { printResult } from "../support/output.js";
import { assertDatabaseExists } from "../support/withServices.js";
import { mongodumpFailure } from "./mongodbTools.js";

/**
 * `placelock backup`
 *
 * See docs/decisions/0043-backup-without-the-secret.md
 */
export function addBackup(program: Command): void {
	program
		.command("backup")
		.description("back up the embedded database to a file; servers may keep running")
		.argument("<file>", "the file to write; only its owner can read it")
		.option("--force", "replace the file if it already exists")
		.option("--json", "print a summary as one line of JSON")
		.addHelpText(
			"after",
			`
The backup is a complete snapshot of the database. It does not contain the server
secret, and its keys do not work without it. Copy the secret once and store it
apart from the backups. The command prints where the secret is.

Examples:
  placelock backup /var/backups/placelock.db
  placelock backup placelock-2026-11-21.db --json`,
		)
		.action(async (given: string, { force = false, json }: { force?: boolean; json?: true }) => {
			const settings = readSettings(readEnvironment());
			if (settings.mongodbUri !== undefined) throw mongodumpFailure(settings.mongodbUri, given);
			assertDatabaseExists(settings.dataDir);
			const database = resolve(databaseFile(settings.dataDir));
			const file = resolve(given);
			assertWritableTarget(file, { database, secret: resolve(secretFile(settings)) }, force);
			const { backupDatabase } = await import("../../storage/sqlite/backup.js");
			const { FileExists } = await import("../../storage/sqlite/atomicFile.js");
			const created = await backupDatabase(database, file, { replace: force }).catch((error: unknown) => {
				throw error instanceof FileExists ? targetExistsFailure(file) : error;
			});
			const { schema, bytes, workspaces, keys, lastChangeAt } = created;
			const needs = requiredSecrets(settings);
			await printResult(
				{ json },
				{ file, bytes, schema, workspaces, keys, lastChangeAt: optionalIsoTime(lastChangeAt), needs },
				`${colour("green", "Wrote")} ${file}: ${bytes} bytes, schema ${schema}, ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}.

The backup does not contain these secrets, which its keys need to work:

${needs.map((one) => `  ${one}`).join("\n")}

To restore it, stop every server and run:

  ${commandName()} restore ${shellWord(file)} --force

Without an existing database, leave out --force.`,
			);
		});
}

/** Quotes a path for a shell if it needs it. */
function shellWord(path: string): string {
	return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `"${path}"`;
}

/** Where the secrets are that sign the keys of this database. */
function requiredSecrets(settings: Pick<Settings, "secret" | "retiredSecrets" | "dataDir">): string[] {
	const kept = resolve(secretFile(settings));
	return [
		...(settings.secret === undefined ? [] : ["PLACELOCK_SECRET"]),
		...(settings.retiredSecrets.length === 0 ? [] : ["PLACELOCK_RETIRED_SECRETS"]),
		...(fileExists(kept) ? [kept] : []),
	];
}

/** Throws when writing the backup would overwrite the database, one of its files, or the secret, under any name. */
function assertWritableTarget(
	file: string,
	{ database, secret }: { readonly database: string; readonly secret: string },
	force: boolean,
): void {
	const targetFailure = (message: string) => new CommandFailure("invalid_target", message, exitCodes.failed);
	if (!fileExists(dirname(file))) throw targetFailure(`the folder ${dirname(file)} does not exist`);
	const forbiddenTargets = new Map([
		[database, "the database itself"],
		[`${database}-wal`, "part of the database"],
		[`${database}-shm`, "part of the database"],
		[secret, "the secret, which every key needs"],
	]);
	const known =
		forbiddenTargets.get(file) ?? [...forbiddenTargets].find(([path]) => sameFile(path, file))?.[1];
	if (known !== undefined) throw targetFailure(`${file} is ${known}; choose another file`);
	const found = statIfExists(file);
	if (found === undefined) return;
	if (!found.isFile()) throw targetFailure(`${file} is not a file; choose a file to write to`);
	if (!force) throw targetExistsFailure(file);
}

/** Whether two paths are the same existing file. */
function sameFile(one: string, other: string): boolean {
	const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
	return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function targetExistsFailure(file: string): CommandFailure {
	return new CommandFailure(
		"exists",
		`${file} already exists. Pass --force to replace it.`,
		exitCodes.failed,
	);
}
