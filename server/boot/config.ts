import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { placeProofs } from "../../shared/endpoints/records.js";
import { type AddressList, addressList, addressProblem } from "../isomorphic/addresses.js";
import type { PlaceProof } from "../model/placeProof.js";
import { fileExists } from "../primitives/files.js";

/** The server's settings, from the environment. README.md, Configuration, documents the variables. */
export interface Settings {
	readonly host: string;
	readonly port: number;
	/** Without a trailing slash. Absent: the address the server listens on. */
	readonly publicUrl?: string;
	readonly mongodbUri?: string;
	readonly dataDir: string;
	/** Absent: created and stored in the data directory. */
	readonly secret?: string;
	readonly retiredSecrets: readonly string[];
	readonly trustedProxies: AddressList;
	readonly robloxNetworks: AddressList;
	readonly placeProof: PlaceProof;
	readonly logLevel: LogLevel;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
type LogLevel = (typeof logLevels)[number];

/** An invalid variable, the problem with it, and a valid example. */
export interface SettingProblem {
	readonly variable: string;
	readonly message: string;
	/** With the variable's name: `PORT=8080`. */
	readonly example: string;
}

export class SettingsInvalid extends Error {
	override readonly name = "SettingsInvalid";

	constructor(readonly problems: readonly SettingProblem[]) {
		const lines = problems.map(
			({ variable, message, example }) => `  ${variable} ${message}\n    example: ${example}`,
		);
		super(
			`The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${lines.join("\n")}`,
		);
	}
}

const minimumSecretBytes = 32;

const examples = {
	HOST: "127.0.0.1",
	PORT: "8080",
	PUBLIC_URL: "https://keys.example.com",
	MONGODB_URI: "mongodb://127.0.0.1:27017/placelock?replicaSet=rs0",
	PLACELOCK_DATA_DIR: "./data",
	// Not $(…): a .env file runs nothing, so that text would become the secret itself.
	PLACELOCK_SECRET: "the output of: node -p \"require('node:crypto').randomBytes(48).toString('base64url')\"",
	PLACELOCK_RETIRED_SECRETS: "the-previous-secret-of-32-bytes-or-more",
	PLACELOCK_TRUSTED_PROXIES: "127.0.0.1,10.0.0.0/8",
	PLACELOCK_ROBLOX_NETWORKS: "128.116.0.0/17",
	PLACELOCK_PLACE_PROOF: "header",
	LOG_LEVEL: "info",
} as const;

export type Variable = keyof typeof examples;
export const variables = Object.keys(examples) as readonly Variable[];
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the process, merged over a `.env` file in the working directory. */
export function readEnvironment(environment: Environment = process.env, file = ".env"): Environment {
	return { ...readEnvFile(file), ...environment };
}

/** Reads a `.env` file; empty if there is none. Throws `SettingsInvalid` when it cannot be read. */
export function readEnvFile(file = ".env"): Environment {
	try {
		if (!fileExists(file)) return {};
		return parseEnv(readFileSync(file, "utf8"));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const reason = code === undefined ? "" : ` (${code})`;
		const message = `cannot be read${reason}; it must be a text file that this user may read`;
		throw new SettingsInvalid([{ variable: file, message, example: "a line PORT=8080" }]);
	}
}

/** Reads every setting. Throws `SettingsInvalid` with every problem. An empty variable counts as absent. */
export function readSettings(environment: Environment): Settings {
	const problems: SettingProblem[] = [];
	const get = (variable: Variable) => environment[variable]?.trim() || undefined;
	const addProblem = (variable: Variable, message: string) => {
		problems.push({ variable, message, example: `${variable}=${examples[variable]}` });
	};
	const list = (variable: Variable) => {
		const entries = (get(variable) ?? "").split(",").map((entry) => entry.trim());
		return entries.filter((entry) => entry !== "");
	};
	const addresses = (variable: Variable): AddressList => {
		const entries = list(variable);
		const found = entries.flatMap((entry) => {
			const problem = addressProblem(entry);
			return problem === undefined ? [] : [`"${entry}" ${problem}`];
		});
		for (const problem of found) addProblem(variable, `has an invalid entry: ${problem}`);
		return found.length > 0 ? () => false : addressList(entries);
	};
	const oneOf = <V extends string>(variable: Variable, values: readonly V[], fallback: V): V => {
		const value = get(variable);
		if (value === undefined) return fallback;
		const known = values.find((candidate) => candidate === value);
		if (known === undefined) addProblem(variable, `is "${value}", but must be one of ${values.join(", ")}`);
		return known ?? fallback;
	};
	const port = (): number => {
		const text = get("PORT") ?? "8080";
		const number = Number(text);
		if (!/^\d{1,5}$/.test(text) || number > 65_535)
			addProblem("PORT", `is "${text}", but must be a port from 0 to 65535`);
		return number;
	};
	const publicUrl = (): string | undefined => {
		const text = get("PUBLIC_URL");
		if (text === undefined) return undefined;
		const url = URL.canParse(text) ? new URL(text) : undefined;
		if (
			url === undefined ||
			!/^https?:$/.test(url.protocol) ||
			url.username !== "" ||
			url.search + url.hash !== ""
		) {
			addProblem("PUBLIC_URL", "must be an http or https address without user, query or fragment");
		}
		return text.replace(/\/+$/, "");
	};
	const mongodbUri = (): string | undefined => {
		const uri = get("MONGODB_URI");
		if (uri !== undefined && !/^mongodb(\+srv)?:\/\/./.test(uri)) {
			addProblem("MONGODB_URI", "must start with mongodb:// or mongodb+srv://");
		}
		return uri;
	};
	const secret = (): string | undefined => {
		const text = get("PLACELOCK_SECRET");
		if (text === undefined && get("MONGODB_URI") !== undefined) {
			addProblem("PLACELOCK_SECRET", "is required with MONGODB_URI; every instance needs the same secret");
		}
		if (text === undefined) return undefined;
		checkSecret("PLACELOCK_SECRET", text);
		if (text.includes(",")) {
			addProblem(
				"PLACELOCK_SECRET",
				"must not contain a comma: commas separate the entries of PLACELOCK_RETIRED_SECRETS, so it could not be retired",
			);
		}
		return text;
	};
	const checkSecret = (variable: Variable, text: string) => {
		const bytes = Buffer.byteLength(text);
		if (bytes < minimumSecretBytes) {
			addProblem(
				variable,
				`must be at least ${minimumSecretBytes} bytes long; ${variable === "PLACELOCK_SECRET" ? "it has" : "one entry has"} ${bytes}`,
			);
		}
	};
	const retiredSecrets = (): string[] => {
		const secrets = list("PLACELOCK_RETIRED_SECRETS");
		for (const text of secrets) checkSecret("PLACELOCK_RETIRED_SECRETS", text);
		return secrets;
	};

	for (const name of Object.keys(environment)) {
		if (!name.startsWith("PLACELOCK_") || name in examples || name.startsWith("PLACELOCK_TEST_")) continue;
		const known = Object.keys(examples).filter((variable) => variable.startsWith("PLACELOCK_"));
		problems.push({
			variable: name,
			message: `is not a known setting; those that start with PLACELOCK_ are ${known.join(", ")}`,
			example: `PLACELOCK_DATA_DIR=${examples.PLACELOCK_DATA_DIR}`,
		});
	}
	const settings: Settings = {
		host: get("HOST") ?? "127.0.0.1",
		port: port(),
		publicUrl: publicUrl(),
		mongodbUri: mongodbUri(),
		dataDir: get("PLACELOCK_DATA_DIR") ?? "./data",
		secret: secret(),
		retiredSecrets: retiredSecrets(),
		trustedProxies: addresses("PLACELOCK_TRUSTED_PROXIES"),
		robloxNetworks: addresses("PLACELOCK_ROBLOX_NETWORKS"),
		placeProof: oneOf("PLACELOCK_PLACE_PROOF", placeProofs, "header"),
		logLevel: oneOf("LOG_LEVEL", logLevels, "info"),
	};
	if (problems.length > 0) throw new SettingsInvalid(problems);
	return settings;
}
