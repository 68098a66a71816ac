import { resolve } from "node:path";
import type { Settings } from "../boot/config.js";
import { PathNotReadable, runAsServerHint } from "../primitives/files.js";
import { secretFingerprint } from "../secrets/secretFingerprint.js";
import { existingSecrets, SecretUnreadable, secretFile, stagedSecret } from "../secrets/serverSecret.js";
import type { ServerSecrets } from "../secrets/token.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** A random secret of 32 bytes or more has about this many different characters at least. */
const fewCharacters = 12;

/** Whether the secret is there, is the database's, and is one nobody guesses. */
export function checkSecret(
	settings: Settings,
	mark: string | undefined,
): { readonly secrets?: ServerSecrets; readonly findings: readonly Finding[] } {
	let secrets: ServerSecrets | undefined;
	try {
		const laidOut = settings.mongodbUri === undefined ? stagedSecret(settings, mark) : undefined;
		if (laidOut !== undefined) {
			return { secrets: { current: laidOut, retired: [] }, findings: [restoreCutOff] };
		}
		secrets = existingSecrets(settings);
	} catch (error) {
		if (error instanceof PathNotReadable)
			return { findings: [problem("secret", error.message, runAsServerHint)] };
		if (!(error instanceof SecretUnreadable)) throw error;
		return {
			findings: [problem("secret", error.message, "Put the right file there, from where you keep it.")],
		};
	}
	if (secrets === undefined) return { findings: [missing(settings, mark)] };
	const findings = [...markFindings(secrets, mark), ...strengthFindings(secrets.current)];
	const where = settings.secret === undefined ? resolve(secretFile(settings)) : "PLACELOCK_SECRET";
	const retired =
		secrets.retired.length === 0 ? "" : `; ${secrets.retired.length} retired are honoured as well`;
	return {
		secrets,
		findings:
			findings.length > 0 ? findings : [ok("secret", `from ${where}, and the database's own${retired}`)],
	};
}

const restoreCutOff = warning(
	"secret",
	"a restore was cut off: the database is in its place, and its secret not yet",
	"Start the server: it puts the secret in its place.",
);

function missing(settings: Settings, mark: string | undefined): Finding {
	const file = resolve(secretFile(settings));
	if (mark === undefined) return ok("secret", `made on the first start, in ${file}`);
	return problem(
		"secret",
		`the database was used with a secret that is not here: PLACELOCK_SECRET is not set, and there is no file ${file}`,
		"Set PLACELOCK_SECRET as the server has it, or put the file back from where you keep it.",
	);
}

function markFindings({ current, retired }: ServerSecrets, mark: string | undefined): Finding[] {
	if (mark === undefined || secretFingerprint(current) === mark) return [];
	if (retired.some((secret) => secretFingerprint(secret) === mark)) {
		return [
			warning(
				"secret",
				"the database is still used with a secret that is retired here",
				"Restart every server with the new secret: the first one to start changes it over.",
			),
		];
	}
	return [
		problem(
			"secret",
			"the database was used with another secret, and every key in it depends on that one",
			"Use the same PLACELOCK_SECRET everywhere; if it was changed on purpose, put the old one into PLACELOCK_RETIRED_SECRETS.",
		),
	];
}

function strengthFindings(secret: string): Finding[] {
	if (new Set(secret).size >= fewCharacters) return [];
	return [
		warning(
			"secret",
			`it has only ${new Set(secret).size} different characters, so it was hardly made at random`,
			"Make one as docs/operators.md says, and put this one into PLACELOCK_RETIRED_SECRETS.",
		),
	];
}
