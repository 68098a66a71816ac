import { resolve } from "node:path";
import type { Command } from "commander";
import { readEnvironment, readSettings } from "../../boot/config.js";
import { exitCodes } from "../../boot/exitCodes.js";
import { commandLine, createAuditEntry } from "../../core/context.js";
import { pluralize } from "../../isomorphic/pluralize.js";
import { systemClock } from "../../primitives/clock.js";
import { optionalIsoTime } from "../../primitives/timestamps.js";
import { secretFingerprint } from "../../secrets/secretFingerprint.js";
import {
	commitStagedSecret,
	discardStagedSecret,
	existingSecrets,
	readSecretCopy,
	type SecretSettings,
	secretFile,
	stageSecret,
} from "../../secrets/serverSecret.js";
import { databaseFile } from "../../storage/openStore.js";
import { colour } from "../support/colour.js";
import { CommandFailure } from "../support/commandFailure.js";
import { printResult } from "../support/output.js";
import { mongorestoreFailure } from "./mongodbTools.js";

/** `placelock restore` */
export function addRestore(program: Command): void {
	program
		.command("restore")
		.description("restore a backup of the embedded database (server must be stopped)")
		.argument("<file>", "a file created by placelock backup")
		.option(
			"--secret <file>",
			"the secret of the backup: a copy of the file named secret in its data directory",
		)
		.option("--force", "replace the existing database and everything in it")
		.option("--json", "print a summary as one line of JSON")
		.addHelpText(
			"after",
			`
The backup is checked first, then replaces the database in one step. On another
machine, its keys also need their secret: set PLACELOCK_SECRET, or pass --secret to
copy the secret to the data directory.

Changes made after the backup are lost: revoked or rotated keys, disabled accounts,
changed passwords and removed roles. Make them again. Sessions and pending links in
the backup are ended.

Examples:
  placelock restore /var/backups/placelock.db --secret /mnt/safe/secret
  placelock restore placelock-2026-11-21.db --force --json`,
		)
		.action(async (file: string, given: { secret?: string; force?: true; json?: true }) => {
			const settings = readSettings(readEnvironment());
			if (settings.mongodbUri !== undefined) throw mongorestoreFailure(file);
			const secret = given.secret === undefined ? undefined : readSecretCopy(resolve(given.secret));
			const database = resolve(databaseFile(settings.dataDir));
			const { restoreDatabase, RestoreError } = await import("../../storage/sqlite/restore.js");
			const facts = await restoreDatabase(resolve(file), database, {
				replace: given.force === true,
				validate: ({ secretFingerprint: fingerprint }) => {
					if (fingerprint !== undefined) assertBackupSecret(fingerprint, settings, secret);
					if (secret === undefined) return;
					assertSecretReplaceable(settings, secret, given.force === true);
					stageSecret(settings, secret);
				},
				audit: ({ lastChangeAt }) =>
					createAuditEntry(commandLine, systemClock.now(), {
						action: "database.restore",
						targetType: "database",
						targetId: "placelock",
						after: { lastChangeAt },
					}),
			}).catch((error: unknown) => {
				const rejected = error instanceof RestoreError;
				// After any other failure the database may already be in place and need the secret.
				if (secret !== undefined && rejected) discardStagedSecret(settings);
				if (!rejected) throw error;
				throw new CommandFailure(error.code, error.message, exitCodes.failed);
			});
			const replaced = secret === undefined ? undefined : commitStagedSecret(settings, secret);
			const { schema, workspaces, keys, lastChangeAt } = facts;
			const at = optionalIsoTime(lastChangeAt);
			await printResult(
				given,
				{ database, schema, workspaces, keys, lastChangeAt: at, replacedSecret: replaced },
				`${colour("green", "Restored")} ${database}: schema ${schema}, ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}.
${at === undefined ? "The backup contains no changes." : rollbackWarning(at)}
All its sessions and pending links were ended: everybody must sign in again.${
					replaced === undefined ? "" : `\nThe previous secret was saved as ${replaced}.`
				}`,
			);
		});
}

function rollbackWarning(at: string): string {
	return `Its last change was made at ${at}. Later changes are lost. Make these again:
  keys revoked, disabled or rotated
  accounts disabled or deleted, and passwords changed
  roles removed`;
}

/** Throws without the secret of the backup: the restored database could not even be opened. */
function assertBackupSecret(fingerprint: string, settings: SecretSettings, secret: string | undefined): void {
	if (secret !== undefined) {
		if (secretFingerprint(secret) === fingerprint) return;
		throw secretFailure("the secret given with --secret is not the secret of this backup");
	}
	const here = existingSecrets(settings);
	const known = here === undefined ? [] : [here.current, ...here.retired];
	if (known.some((one) => secretFingerprint(one) === fingerprint)) return;
	throw secretFailure(
		"the secret of this backup is missing; nothing was changed. Pass --secret <file>, a copy of the file named " +
			"secret in the data directory of the backup. If that server used PLACELOCK_SECRET, set it to the same value.",
	);
}

function assertSecretReplaceable(settings: SecretSettings, secret: string, replace: boolean): void {
	const kept = existingSecrets({ ...settings, secret: undefined, retiredSecrets: [] })?.current;
	if (kept === undefined || kept === secret || replace) return;
	throw secretFailure(
		`${resolve(secretFile(settings))} holds another secret. Pass --force to replace it with the given one; a copy is kept.`,
	);
}

function secretFailure(message: string): CommandFailure {
	return new CommandFailure("secret", message, exitCodes.failed);
}
