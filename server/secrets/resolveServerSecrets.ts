import { resolve } from "node:path";
import type { SecretFingerprintStore } from "../store/store.js";
import { secretFingerprint } from "./secretFingerprint.js";
import {
	commitStagedSecret,
	existingSecrets,
	type SecretSettings,
	serverSecrets,
	stagedSecret,
} from "./serverSecret.js";
import type { ServerSecrets } from "./token.js";

/** The database was used with another secret: keys made with this one would be unknown to those who use it. */
export class SecretMismatch extends Error {
	override readonly name = "SecretMismatch";
}

/**
 * The secrets of this process, if they fit the database. The first to open a
 * database marks it with its secret; whoever comes later has the same one, or
 * has that one among its retired ones. Then a server becomes the one to agree
 * with, and tells so; a command, which has no `tell`, goes on with the
 * database's secret, so that the servers that run know the keys it makes. A
 * secret is made only for a database without a mark.
 */
export async function resolveServerSecrets(
	settings: SecretSettings,
	marks: SecretFingerprintStore,
	tell?: (message: string) => void,
): Promise<ServerSecrets> {
	for (;;) {
		const stored = await marks.current();
		if (settings.mongodbUri === undefined) finishRestore(settings, stored);
		const secrets = stored === undefined ? serverSecrets(settings) : existingSecrets(settings);
		if (secrets === undefined) throw new SecretMismatch(missingText(settings));
		const mark = secretFingerprint(secrets.current);
		if (mark === stored) return secrets;
		const before = secrets.retired.find((secret) => secretFingerprint(secret) === stored);
		if (stored !== undefined && before === undefined) throw new SecretMismatch(mismatchText(settings));
		if (before !== undefined && tell === undefined) return withSigner(secrets, before);
		// Somebody else was faster: their mark is the one to agree with.
		if (!(await marks.claim(mark, stored))) continue;
		if (before !== undefined) tell?.(changedText);
		return secrets;
	}
}

/** A restore that was cut off has put the database in its place, and not its secret yet. */
function finishRestore(settings: SecretSettings, stored: string | undefined): void {
	const secret = stagedSecret(settings, stored);
	if (secret !== undefined) commitStagedSecret(settings, secret);
}

/** The same secrets, with one of the retired ones as the one that signs. */
function withSigner({ current, retired }: ServerSecrets, leader: string): ServerSecrets {
	return { current: leader, retired: [current, ...retired.filter((secret) => secret !== leader)] };
}

/** A server that runs on with the old secret does not know keys made with the new one. */
const changedText =
	"the secret of this database was changed: it was used with one that is retired now. " +
	"Restart every server on it with this secret.";

function databaseName({ mongodbUri, dataDir }: SecretSettings): string {
	return mongodbUri === undefined ? `the database in ${resolve(dataDir)}` : "this MongoDB database";
}

function mismatchText(settings: SecretSettings): string {
	const same =
		settings.mongodbUri === undefined
			? "Use the server's: run this with the same environment, and in the folder with the same .env."
			: "Give every instance and every command the same PLACELOCK_SECRET.";
	return (
		`${databaseName(settings)} was used with another secret, and every key in it depends on that one. ` +
		`${same} If the secret was changed on purpose, put the old one into PLACELOCK_RETIRED_SECRETS.`
	);
}

/** Only of the embedded database: with MongoDB a secret must be configured. */
function missingText(settings: SecretSettings): string {
	return (
		`${databaseName(settings)} was used with a secret, and every key in it depends on that one, but it is not ` +
		`here: PLACELOCK_SECRET is not set, and there is no file ${resolve(settings.dataDir, "secret")}. ` +
		"If the server has PLACELOCK_SECRET, run this with the same environment, and in the folder with the same " +
		".env. If the file was lost, put it back from the copy you keep apart: no backup holds it. To start anew " +
		"without it, set PLACELOCK_DATA_DIR to a new folder."
	);
}
