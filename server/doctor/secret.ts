import { resolve } from "node:path";
import type { Settings } from "../boot/config.js";
import { PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { secretFingerprint } from "../secrets/secretFingerprint.js";
import { existingSecrets, SecretUnreadable, secretFile, stagedSecret } from "../secrets/serverSecret.js";
import type { ServerSecrets } from "../secrets/token.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** A random secret of 32 bytes has at least about this many distinct characters. */
const minDistinctCharacters = 12;

/** Checks that the secret exists, belongs to the database, and is hard to guess. */
export function checkSecret(
	settings: Settings,
	fingerprint: string | undefined,
): { readonly secrets?: ServerSecrets; readonly findings: readonly Finding[] } {
	let secrets: ServerSecrets | undefined;
	try {
		const staged = settings.mongodbUri === undefined ? stagedSecret(settings, fingerprint) : undefined;
		if (staged !== undefined) {
			return { secrets: { current: staged, retired: [] }, findings: [restoreInterrupted] };
		}
		secrets = existingSecrets(settings);
	} catch (error) {
		if (error instanceof PathNotReadable)
			return { findings: [problem("secret", error.message, runAsServerHint)] };
		if (!(error instanceof SecretUnreadable)) throw error;
		return {
			findings: [problem("secret", error.message, "Replace it with your copy of the secret.")],
		};
	}
	if (secrets === undefined) return { findings: [missing(settings, fingerprint)] };
	const findings = [...fingerprintFindings(secrets, fingerprint), ...strengthFindings(secrets.current)];
	const where = settings.secret === undefined ? resolve(secretFile(settings)) : "PLACELOCK_SECRET";
	const retired = secrets.retired.length === 0 ? "" : `; ${secrets.retired.length} retired also accepted`;
	return {
		secrets,
		findings:
			findings.length > 0 ? findings : [ok("secret", `from ${where}; matches the database${retired}`)],
	};
}

const restoreInterrupted = warning(
	"secret",
	"a restore was interrupted: the database is in place, but its secret is not",
	"Start the server; it finishes the restore.",
);

function missing(settings: Settings, fingerprint: string | undefined): Finding {
	const file = resolve(secretFile(settings));
	if (fingerprint === undefined) return ok("secret", `will be created on the first start, in ${file}`);
	return problem(
		"secret",
		`the secret of the database is missing: PLACELOCK_SECRET is not set, and ${file} does not exist`,
		"Set PLACELOCK_SECRET to the value the server uses, or restore the file from your copy.",
	);
}

function fingerprintFindings(
	{ current, retired }: ServerSecrets,
	fingerprint: string | undefined,
): Finding[] {
	if (fingerprint === undefined || secretFingerprint(current) === fingerprint) return [];
	if (retired.some((secret) => secretFingerprint(secret) === fingerprint)) {
		return [
			warning(
				"secret",
				"the database still uses a secret that is retired here",
				"Restart every server with the new secret; the first one to start switches the database to it.",
			),
		];
	}
	return [
		problem(
			"secret",
			"the database was used with another secret, which its keys need to work",
			"Use the same PLACELOCK_SECRET everywhere. If you changed it on purpose, add the old one to PLACELOCK_RETIRED_SECRETS.",
		),
	];
}

function strengthFindings(secret: string): Finding[] {
	if (new Set(secret).size >= minDistinctCharacters) return [];
	return [
		warning(
			"secret",
			`it has few distinct characters (${new Set(secret).size}), so it is probably not random`,
			"Create one as docs/operators.md describes, and add this one to PLACELOCK_RETIRED_SECRETS.",
		),
	];
}
