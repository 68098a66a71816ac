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
 * The secrets of this server. A configured secret comes first; with the embedded
 * database one is generated on the first start and stored in the data directory,
 * readable by its owner only. A stored secret beside a configured one counts as
 * retired, so that configuring one does not end the existing keys.
 */
export function serverSecrets(settings: SecretSettings): ServerSecrets {
	const given = existingSecrets(settings);
	if (given !== undefined) return given;
	const current = createSecret(settings.dataDir, secretFile(settings));
	return { current, retired: settings.retiredSecrets.filter((secret) => secret !== current) };
}

/** The same, but undefined where one would be generated. Throws `PathNotReadable` when this user may not look. */
export function existingSecrets(settings: SecretSettings): ServerSecrets | undefined {
	const file = secretFile(settings);
	const stored = fileExists(resolve(file)) ? readSecret(file) : undefined;
	const current = settings.secret ?? stored;
	if (current === undefined) return undefined;
	const retired = [...settings.retiredSecrets, ...(stored === undefined ? [] : [stored])];
	return { current, retired: retired.filter((secret) => secret !== current) };
}

/** The secret file is damaged: starting with another secret would end every key. */
export class SecretUnreadable extends Error {
	override readonly name = "SecretUnreadable";
}

/** The file of the secret that is not configured. */
export function secretFile({ dataDir }: Pick<SecretSettings, "dataDir">): string {
	return join(dataDir, "secret");
}

function readSecret(file: string): string {
	const secret = readIfValid(file);
	if (secret !== undefined) return secret;
	throw new SecretUnreadable(
		`${file} contains the secret that every key depends on, and it is damaged: shorter than 32 bytes. ` +
			"Restore it from your separate copy: backups do not contain it. To start over without it, set PLACELOCK_DATA_DIR to a new folder.",
	);
}

/** Undefined when the file does not contain a secret. */
function readIfValid(file: string): string | undefined {
	const secret = withPermissionCheck(resolve(file), () => readFileSync(file, "utf8")).trim();
	return secret.length >= 32 ? secret : undefined;
}

/** The secret in a copy of the file; throws `SecretUnreadable` when it does not contain one. */
export function readSecretCopy(copy: string): string {
	const secret = fileExists(copy) ? readIfValid(copy) : undefined;
	if (secret !== undefined) return secret;
	throw new SecretUnreadable(
		`${copy} does not contain a secret: it does not exist or is shorter than 32 bytes.`,
	);
}

/**
 * Stores a secret in the data directory. Another secret there is never lost: it
 * is moved to the path that is returned.
 */
function commitSecret(settings: Pick<SecretSettings, "dataDir">, secret: string): string | undefined {
	const file = secretFile(settings);
	const temp = writeTempSecret(file, secret);
	if (!fileExists(file)) {
		renameSync(temp, file);
		return undefined;
	}
	if (readIfValid(file) === secret) {
		rmSync(temp);
		return undefined;
	}
	const backupPath = resolve(`${file}.replaced-${randomBytes(4).toString("hex")}`);
	linkSync(file, backupPath);
	renameSync(temp, file);
	return backupPath;
}

/**
 * A restore replaces two files and can be interrupted between them. So the secret
 * is staged before the database is replaced: the next process that opens the
 * database recognises the secret by its fingerprint and finishes.
 */
export function stageSecret(settings: Pick<SecretSettings, "dataDir">, secret: string): void {
	renameSync(writeTempSecret(secretFile(settings), secret), stagedFile(settings));
}

/** The staged secret, if it belongs to the database with this fingerprint. */
export function stagedSecret(
	settings: Pick<SecretSettings, "dataDir">,
	fingerprint: string | undefined,
): string | undefined {
	const file = stagedFile(settings);
	const secret = fileExists(file) ? readIfValid(file) : undefined;
	return secret !== undefined && secretFingerprint(secret) === fingerprint ? secret : undefined;
}

/** Stores the staged secret, as `commitSecret` does. */
export function commitStagedSecret(
	settings: Pick<SecretSettings, "dataDir">,
	secret: string,
): string | undefined {
	const backupPath = commitSecret(settings, secret);
	discardStagedSecret(settings);
	return backupPath;
}

export function discardStagedSecret(settings: Pick<SecretSettings, "dataDir">): void {
	rmSync(stagedFile(settings), { force: true });
}

function stagedFile(settings: Pick<SecretSettings, "dataDir">): string {
	return resolve(`${secretFile(settings)}.restoring`);
}

/** Creates the file in one step, so that two concurrent first starts use the same secret. */
function createSecret(dataDir: string, file: string): string {
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

/** Writes the secret to a temporary file. */
function writeTempSecret(file: string, secret: string): string {
	const temp = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
	writeFileSync(temp, `${secret}\n`, { mode: 0o600, flush: true });
	chmodSync(temp, 0o600);
	return temp;
}
