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

/** The database is used with another secret: its other processes could not verify keys created with this one. */
export class SecretMismatch extends Error {
	override readonly name = "SecretMismatch";
}

/**
 * The secrets of this process, if they match the database. The first process to
 * open a database stores the fingerprint of its secret; later ones need the same
 * secret, or have it among their retired ones. A server then adopts its newer
 * secret and reports it. A command, which passes no `report`, keeps signing with
 * the stored one, so that running servers recognise the keys it creates. A secret
 * is generated only for a database without a fingerprint.
 */
export async function resolveServerSecrets(
	settings: SecretSettings,
	fingerprints: SecretFingerprintStore,
	report?: (message: string) => void,
): Promise<ServerSecrets> {
	for (;;) {
		const stored = await fingerprints.current();
		if (settings.mongodbUri === undefined) finishRestore(settings, stored);
		const secrets = stored === undefined ? serverSecrets(settings) : existingSecrets(settings);
		if (secrets === undefined) throw new SecretMismatch(missingText(settings));
		const fingerprint = secretFingerprint(secrets.current);
		if (fingerprint === stored) return secrets;
		const previous = secrets.retired.find((secret) => secretFingerprint(secret) === stored);
		if (stored !== undefined && previous === undefined) throw new SecretMismatch(mismatchText(settings));
		if (previous !== undefined && report === undefined) return withSigner(secrets, previous);
		// Another process was faster: check against its fingerprint.
		if (!(await fingerprints.claim(fingerprint, stored))) continue;
		if (previous !== undefined) report?.(changedText);
		return secrets;
	}
}

/** An interrupted restore may have replaced the database but not the secret yet. */
function finishRestore(settings: SecretSettings, stored: string | undefined): void {
	const secret = stagedSecret(settings, stored);
	if (secret !== undefined) commitStagedSecret(settings, secret);
}

/** The same secrets, with a retired one as the signing one. */
function withSigner({ current, retired }: ServerSecrets, signer: string): ServerSecrets {
	return { current: signer, retired: [current, ...retired.filter((secret) => secret !== signer)] };
}

/** A server that keeps running with the old secret cannot verify keys created with the new one. */
const changedText =
	"the secret of this database was changed: the one before is retired now. " +
	"Restart every server on it with the new secret.";

function databaseName({ mongodbUri, dataDir }: SecretSettings): string {
	return mongodbUri === undefined ? `the database in ${resolve(dataDir)}` : "this MongoDB database";
}

function mismatchText(settings: SecretSettings): string {
	const same =
		settings.mongodbUri === undefined
			? "Use the server's secret: run this with the same environment, or in the folder with the same .env."
			: "Set the same PLACELOCK_SECRET for every instance and every command.";
	return (
		`${databaseName(settings)} is used with another secret, which every key in it depends on. ` +
		`${same} If you changed the secret on purpose, add the old one to PLACELOCK_RETIRED_SECRETS.`
	);
}

/** Only for the embedded database: with MongoDB a secret must be configured. */
function missingText(settings: SecretSettings): string {
	return (
		`${databaseName(settings)} is used with a secret, which every key in it depends on, but the secret is ` +
		`missing: PLACELOCK_SECRET is not set, and the file ${resolve(settings.dataDir, "secret")} does not exist. ` +
		"If the server has PLACELOCK_SECRET, run this with the same environment, or in the folder with the same " +
		".env. If the file was lost, restore it from your separate copy: backups do not contain it. To start over " +
		"without it, set PLACELOCK_DATA_DIR to a new folder."
	);
}
