import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileExists, withPermissionCheck } from "../primitives/files.js";
import { secretFingerprint } from "./secretFingerprint.js";
import type { ServerSecrets } from "./token.js";

export interface SecretSettings {
	readonly secret?: string;
	readonly retiredSecrets: readonly string[];
	readonly dataDir: string;
	readonly mongodbUri?: string;
}

/**
 * The secrets of this server. What is configured comes first; with the embedded
 * database one is made on the first start and kept in the data directory,
 * readable by its owner only. A secret that lies there beside a configured one
 * counts as retired, so that configuring one does not end the keys made before.
 */
export function serverSecrets(settings: SecretSettings): ServerSecrets {
	const given = existingSecrets(settings);
	if (given !== undefined) return given;
	const current = makeSecret(settings.dataDir, secretFile(settings));
	return { current, retired: settings.retiredSecrets.filter((secret) => secret !== current) };
}

/** The same, but undefined where one would be made. Throws `PathNotReadable` where this user cannot know. */
export function existingSecrets(settings: SecretSettings): ServerSecrets | undefined {
	const file = secretFile(settings);
	const kept = fileExists(resolve(file)) ? readSecret(file) : undefined;
	const current = settings.secret ?? kept;
	if (current === undefined) return undefined;
	const retired = [...settings.retiredSecrets, ...(kept === undefined ? [] : [kept])];
	return { current, retired: retired.filter((secret) => secret !== current) };
}

/** The secret file is damaged: starting with another secret would end every key. */
export class SecretUnreadable extends Error {
	override readonly name = "SecretUnreadable";
}

/** Where the secret is kept that is not configured. */
export function secretFile({ dataDir }: Pick<SecretSettings, "dataDir">): string {
	return join(dataDir, "secret");
}

function readSecret(file: string): string {
	const secret = secretIn(file);
	if (secret !== undefined) return secret;
	throw new SecretUnreadable(
		`${file} holds the secret every key depends on, and it is damaged: it is shorter than 32 bytes. ` +
			"Put it back from the copy you keep apart: no backup holds it. To start anew without it, set PLACELOCK_DATA_DIR to a new folder.",
	);
}

/** Undefined for a file that holds none. */
function secretIn(file: string): string | undefined {
	const secret = withPermissionCheck(resolve(file), () => readFileSync(file, "utf8")).trim();
	return secret.length >= 32 ? secret : undefined;
}

/** The secret in a copy of the file; throws `SecretUnreadable` when there is none in it. */
export function readSecretCopy(copy: string): string {
	const secret = fileExists(copy) ? secretIn(copy) : undefined;
	if (secret !== undefined) return secret;
	throw new SecretUnreadable(`${copy} holds no secret: it is not there, or shorter than 32 bytes.`);
}

/**
 * Keeps a secret in the data directory, where none or another one may be.
 * Another one is never lost: it is put aside, and the answer says where.
 */
function commitSecret(settings: Pick<SecretSettings, "dataDir">, secret: string): string | undefined {
	const file = secretFile(settings);
	const temp = writeTempSecret(file, secret);
	if (!fileExists(file)) {
		renameSync(temp, file);
		return undefined;
	}
	if (secretIn(file) === secret) {
		rmSync(temp);
		return undefined;
	}
	const backupPath = resolve(`${file}.replaced-${randomBytes(4).toString("hex")}`);
	linkSync(file, backupPath);
	renameSync(temp, file);
	return backupPath;
}

/**
 * A restore exchanges two files, and can be cut off between them. So the secret
 * is laid out before the database is put in its place: whoever opens that one
 * then knows it by its mark, and finishes.
 */
export function stageSecret(settings: Pick<SecretSettings, "dataDir">, secret: string): void {
	renameSync(writeTempSecret(secretFile(settings), secret), laidOutFile(settings));
}

/** The secret that is laid out and belongs to the database with this mark. */
export function stagedSecret(
	settings: Pick<SecretSettings, "dataDir">,
	mark: string | undefined,
): string | undefined {
	const file = laidOutFile(settings);
	const secret = fileExists(file) ? secretIn(file) : undefined;
	return secret !== undefined && secretFingerprint(secret) === mark ? secret : undefined;
}

/** Keeps the secret that was laid out, as `commitSecret` does. */
export function commitStagedSecret(
	settings: Pick<SecretSettings, "dataDir">,
	secret: string,
): string | undefined {
	const backupPath = commitSecret(settings, secret);
	discardStagedSecret(settings);
	return backupPath;
}

export function discardStagedSecret(settings: Pick<SecretSettings, "dataDir">): void {
	rmSync(laidOutFile(settings), { force: true });
}

function laidOutFile(settings: Pick<SecretSettings, "dataDir">): string {
	return resolve(`${secretFile(settings)}.restoring`);
}

/** Makes the file in one step, so that of two first starts at one moment both use the same secret. */
function makeSecret(dataDir: string, file: string): string {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const temp = writeTempSecret(file, randomBytes(48).toString("base64url"));
	try {
		linkSync(temp, file);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
	} finally {
		rmSync(temp, { force: true });
	}
	return readSecret(file);
}

/** The secret written whole, under a name of its own. */
function writeTempSecret(file: string, secret: string): string {
	const temp = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
	writeFileSync(temp, `${secret}\n`, { mode: 0o600, flush: true });
	chmodSync(temp, 0o600);
	return temp;
}
