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
import { tell } from "../support/output.js";
import { mongorestoreFailure } from "./mongodbTools.js";

/** `placelock restore` */
export function addRestore(program: Command): void {
	program
		.command("restore")
		.description("put a backup in the place of the embedded database, with no server running")
		.argument("<file>", "a file that placelock backup made")
		.option(
			"--secret <file>",
			"the secret that belongs to it: a copy of the file secret in the data directory",
		)
		.option("--force", "replace the database that is there, with all that is in it")
		.option("--json", "print what was restored as one line of JSON")
		.addHelpText(
			"after",
			`
The backup is checked before anything is changed, and takes the database's place
in one step. On another machine it needs the secret that its keys were made with:
from PLACELOCK_SECRET, or from --secret, which puts it into the data directory.

Whatever was changed after the backup is as it was before: keys that were revoked
or rotated, accounts that were disabled, passwords that were changed, roles that
were taken away. Do it again. Sessions and open links in the backup are ended.

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
				validate: ({ secretFingerprint: mark }) => {
					if (mark !== undefined) refuseWithoutSecret(mark, settings, secret);
					if (secret === undefined) return;
					refuseOtherSecret(settings, secret, given.force === true);
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
				const refused = error instanceof RestoreError;
				// After any other failure the database may be in its place, and wants its secret.
				if (secret !== undefined && refused) discardStagedSecret(settings);
				if (!refused) throw error;
				throw new CommandFailure(error.code, error.message, exitCodes.refused);
			});
			const replaced = secret === undefined ? undefined : commitStagedSecret(settings, secret);
			const { schema, workspaces, keys, lastChangeAt } = facts;
			const at = optionalIsoTime(lastChangeAt);
			await tell(
				given,
				{ database, schema, workspaces, keys, lastChangeAt: at, replacedSecret: replaced },
				`${colour("green", "Restored")} ${database}: schema ${schema}, ${pluralize(workspaces, "workspace")}, ${pluralize(keys, "key")}.
${at === undefined ? "Nothing was ever changed in it." : changesSince(at)}
Every session and open link in it was ended: people sign in again.${
					replaced === undefined ? "" : `\nThe secret that was there before is kept in ${replaced}.`
				}`,
			);
		});
}

function changesSince(at: string): string {
	return `The last change in it was made at ${at}. What came after is as it was before, and must be done again:
  keys that were revoked, paused or rotated
  accounts that were disabled or deleted, and passwords that were changed
  roles that were taken away`;
}

/** A database without the secret its keys were made with would not even be opened. */
function refuseWithoutSecret(mark: string, settings: SecretSettings, secret: string | undefined): void {
	if (secret !== undefined) {
		if (secretFingerprint(secret) === mark) return;
		throw secretFailure("the secret given with --secret is not the one this backup was used with");
	}
	const here = existingSecrets(settings);
	const known = here === undefined ? [] : [here.current, ...here.retired];
	if (known.some((one) => secretFingerprint(one) === mark)) return;
	throw secretFailure(
		"the secret that the keys of this backup were made with is not here, and nothing was changed. Give it with " +
			"--secret <file>, a copy of the file secret in the data directory the backup is from; or, if it was " +
			"configured there, set PLACELOCK_SECRET to the same.",
	);
}

function refuseOtherSecret(settings: SecretSettings, secret: string, replace: boolean): void {
	const kept = existingSecrets({ ...settings, secret: undefined, retiredSecrets: [] })?.current;
	if (kept === undefined || kept === secret || replace) return;
	throw secretFailure(
		`${resolve(secretFile(settings))} holds another secret. To put it aside and use the one given, add --force.`,
	);
}

function secretFailure(message: string): CommandFailure {
	return new CommandFailure("secret", message, exitCodes.refused);
}
