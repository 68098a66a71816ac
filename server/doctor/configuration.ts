import { statSync } from "node:fs";
import { type Environment, readSettings, type Settings, SettingsInvalid, variables } from "../boot/config.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** The settings, if they are valid, and findings about them. */
export function checkConfiguration(
	environment: Environment,
	file: Environment,
): { readonly settings?: Settings; readonly findings: readonly Finding[] } {
	const merged = { ...file, ...environment };
	try {
		const settings = readSettings(merged);
		const set = variables.filter((variable) => merged[variable]?.trim());
		const findings = [...placeProofFindings(settings, merged), ...envFileFindings(file)];
		const what = set.length === 0 ? "nothing is set; using the defaults" : `set: ${set.join(", ")}`;
		return { settings, findings: [ok("configuration", what), ...findings] };
	} catch (error) {
		return { findings: configurationProblems(error) };
	}
}

/** Each invalid setting as a problem. Rethrows other errors. */
export function configurationProblems(error: unknown): Finding[] {
	if (!(error instanceof SettingsInvalid)) throw error;
	return error.problems.map(({ variable, message, example }) =>
		problem(
			"configuration",
			`${variable} ${message}`,
			`For example: ${example}. The other checks run once this is fixed.`,
		),
	);
}

function placeProofFindings({ placeProof }: Settings, environment: Environment): Finding[] {
	if (placeProof === "network" && !environment.PLACELOCK_ROBLOX_NETWORKS?.trim()) {
		return [
			problem(
				"configuration",
				"PLACELOCK_PLACE_PROOF is network, but no network is set: every game server is denied as place_unproven",
				"Set PLACELOCK_ROBLOX_NETWORKS, or PLACELOCK_PLACE_PROOF=header.",
			),
		];
	}
	if (placeProof !== "claimed") return [];
	return [
		warning(
			"configuration",
			"PLACELOCK_PLACE_PROOF is claimed: requests can name any place without proof",
			"Except for testing, set PLACELOCK_PLACE_PROOF=header.",
		),
	];
}

function envFileFindings(file: Environment): Finding[] {
	const secrets = ["PLACELOCK_SECRET", "PLACELOCK_RETIRED_SECRETS", "MONGODB_URI"].filter(
		(name) => file[name],
	);
	if (secrets.length === 0 || process.platform === "win32") return [];
	const mode = statSync(".env").mode & 0o777;
	if ((mode & 0o077) === 0) return [];
	return [
		warning(
			"configuration",
			`.env contains ${secrets.join(" and ")}, and other users of this machine can read it (mode ${mode.toString(8)})`,
			"chmod 600 .env",
		),
	];
}
