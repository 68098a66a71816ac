import { type Address, readAddress } from "../http/address.js";
import { inspect } from "../inspect.js";
import { type Key, validateKey } from "./secrets.js";
import { type StudioMode, validateStudio } from "./studio.js";

export type LogLevel = "info" | "warn";

/** Receives the module's messages instead of Roblox's output. */
export type Logger = (level: LogLevel, message: string) => void;

export interface ConnectOptions {
	/** Address of the Placelock server, http or https, with any path that comes before `/v1`. */
	url: string;
	/**
	 * The game key: `{ secret = "name" }` to have the module fetch that Secret, a Secret from
	 * `HttpService:GetSecret`, or the token as a string while you try it out.
	 */
	key: Key;
	/** Most seconds for which a verification counts as fresh. Default 60; the server may return fewer. */
	cacheSeconds?: number;
	/** Seconds for which the last verification stays in force while the backend cannot be reached. Default 600. */
	staleSeconds?: number;
	/** Timeout of one request, in whole seconds. Default 10. */
	timeoutSeconds?: number;
	/** Deadline of a whole call, in seconds, with its retries and waits. Default 30. */
	deadlineSeconds?: number;
	/** Most requests that one call sends. Default 4. */
	maxAttempts?: number;
	/** This module's share of the 500 requests a minute that a game server has. Default 120. */
	requestsPerMinute?: number;
	/** Seconds between verifications that the module starts by itself. Default 300; 0 turns them off. */
	reverifySeconds?: number;
	/**
	 * In Studio: `"verify"` as in a live server (default), `"skip"` to count as verified without a request, or
	 * `{ placeId = … }` to verify as that place.
	 */
	studio?: StudioMode;
	/** Receives the module's messages. Default Roblox's output. */
	logger?: Logger;
}

/** The validated options, with defaults filled in. */
export interface Settings {
	readonly address: Address;
	readonly key: Key;
	readonly cacheSeconds: number;
	readonly staleSeconds: number;
	readonly timeoutSeconds: number;
	readonly deadlineSeconds: number;
	readonly maxAttempts: number;
	readonly requestsPerMinute: number;
	readonly reverifySeconds: number;
	readonly studio: StudioMode;
	readonly logger?: Logger;
}

interface NumberRule {
	readonly minimum: number;
	readonly maximum: number;
	readonly whole: boolean;
	readonly default: number;
	/** Whether 0 is allowed although it is below the minimum. */
	readonly allowZero?: boolean;
}

/** Bounds and defaults. No duration is longer than a day. */
const numbers = {
	cacheSeconds: { minimum: 0, maximum: 86_400, whole: false, default: 60 },
	staleSeconds: { minimum: 0, maximum: 86_400, whole: false, default: 600 },
	timeoutSeconds: { minimum: 1, maximum: 120, whole: true, default: 10 },
	deadlineSeconds: { minimum: 1, maximum: 600, whole: false, default: 30 },
	maxAttempts: { minimum: 1, maximum: 10, whole: true, default: 4 },
	requestsPerMinute: { minimum: 1, maximum: 500, whole: true, default: 120 },
	reverifySeconds: { minimum: 5, maximum: 86_400, whole: false, default: 300, allowZero: true },
} as const satisfies { readonly [name: string]: NumberRule };

const names = [
	"url",
	"key",
	"cacheSeconds",
	"staleSeconds",
	"timeoutSeconds",
	"deadlineSeconds",
	"maxAttempts",
	"requestsPerMinute",
	"reverifySeconds",
	"studio",
	"logger",
];

function validateNumber(rule: NumberRule, value: unknown): string | undefined {
	if (typeIs(value, "number") && value === value) {
		const inside = value >= rule.minimum && value <= rule.maximum;
		const whole = !rule.whole || value === math.floor(value);
		if ((inside && whole) || (rule.allowZero && value === 0)) return undefined;
	}
	const expected = `a ${rule.whole ? "whole " : ""}number from ${rule.minimum} to ${rule.maximum}`;
	return `expected ${rule.allowZero ? "0 or " : ""}${expected}, got ${inspect(value)}`;
}

/** The address, or what is wrong with `url`. A url with "@" is not repeated, because it may contain a password. */
function readUrl(value: unknown): Address | string {
	if (!typeIs(value, "string") || value === "") {
		return `expected the address of your Placelock server, such as "https://keys.example.com", got ${inspect(value)}`;
	}
	const address = readAddress(value);
	if (!typeIs(address, "string")) return address;
	const given = value.find("@", 1, true)[0] !== undefined ? "the given address" : inspect(value);
	return `${given} ${address}`;
}

/**
 * Validates the options and fills in the defaults. Throws one message with every
 * problem: the option, what was expected, and what was given (never the key).
 */
export function readOptions(given: unknown, level: number): Settings {
	if (!typeIs(given, "table")) {
		error(`Placelock.connect expects a table of options, { url = …, key = … }, got ${inspect(given)}`, level);
	}
	const options = given as Record<string, unknown>;
	if (typeIs(options.connect, "function")) {
		error("Call Placelock.connect with a dot, not a colon: Placelock.connect({ url = …, key = … })", level);
	}
	const problems = new Array<string>();
	const add = (name: string, problem: string | undefined) => {
		if (problem !== undefined) problems.push(`${name}: ${problem}`);
	};

	for (const [name] of pairs(options)) {
		if (!names.includes(name)) {
			add(inspect(name), `unknown option. The options are ${names.join(", ")}`);
		}
	}
	problems.sort();

	const address = readUrl(options.url);
	if (typeIs(address, "string")) add("url", address);
	add("key", validateKey(options.key));
	const numberOf = (name: keyof typeof numbers): number => {
		const rule: NumberRule = numbers[name];
		const value = options[name] ?? rule.default;
		add(name, validateNumber(rule, value));
		return value as number;
	};
	const studio = options.studio ?? "verify";
	const settings = {
		key: options.key as Key,
		cacheSeconds: numberOf("cacheSeconds"),
		staleSeconds: numberOf("staleSeconds"),
		timeoutSeconds: numberOf("timeoutSeconds"),
		deadlineSeconds: numberOf("deadlineSeconds"),
		maxAttempts: numberOf("maxAttempts"),
		requestsPerMinute: numberOf("requestsPerMinute"),
		reverifySeconds: numberOf("reverifySeconds"),
		studio: studio as StudioMode,
		logger: options.logger as Logger | undefined,
	};
	add("studio", validateStudio(studio));
	if (options.logger !== undefined && !typeIs(options.logger, "function")) {
		add("logger", `expected a function (level, message), got ${inspect(options.logger)}`);
	}

	if (problems.size() > 0 || typeIs(address, "string")) {
		const count = problems.size() === 1 ? "1 problem" : `${problems.size()} problems`;
		error(`Placelock.connect: ${count} in the options:\n  - ${problems.join("\n  - ")}`, level);
	}
	return { ...settings, address };
}
