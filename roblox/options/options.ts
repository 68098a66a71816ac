import { type Address, readAddress } from "../http/address.js";
import { show } from "../inspect.js";
import { faultOfKey, type Key } from "./secrets.js";
import { faultOfStudio, type StudioMode } from "./studio.js";

export type LogLevel = "info" | "warn";

/** Receives what the module has to say instead of Roblox's output. Must be a function of two parameters. */
export type Logger = (level: LogLevel, message: string) => void;

export interface ConnectOptions {
	/** Address of the Placelock server, http or https, with any path that comes before `/v1`. */
	url: string;
	/**
	 * The game key: a Secret from `HttpService:GetSecret`, `{ secret = "name" }` to have the module fetch
	 * it, or a string while you try it out.
	 */
	key: Key;
	/** Most seconds a verification counts as fresh, default 60; the server may ask for fewer. */
	cacheSeconds?: number;
	/** Seconds after the server's last yes for which it stands while the backend cannot be reached, default 600. */
	staleSeconds?: number;
	/** Whole seconds one request may take, default 10. */
	timeoutSeconds?: number;
	/** Seconds a whole call may take, retries and waits included, default 30. */
	deadlineSeconds?: number;
	/** Most requests one call sends, default 4. */
	maxAttempts?: number;
	/** This module's share of the 500 requests a minute a game server has, default 120. */
	requestsPerMinute?: number;
	/** Seconds between verifications the module makes by itself, default 300; 0 for only when asked. */
	reverifySeconds?: number;
	/**
	 * In Studio: `"verify"` as in a live server (default), `"skip"` to count as verified without asking, or
	 * `{ placeId = … }` to verify as that place.
	 */
	studio?: StudioMode;
	/** Where messages go; by default to Roblox's output. */
	logger?: Logger;
}

/** The options once checked, with the defaults filled in. */
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
	readonly unless: number;
	/** Also accepted, below the minimum. */
	readonly zero?: boolean;
}

/** Bounds and defaults; a day is as long as any of this is worth remembering. */
const numbers = {
	cacheSeconds: { minimum: 0, maximum: 86_400, whole: false, unless: 60 },
	staleSeconds: { minimum: 0, maximum: 86_400, whole: false, unless: 600 },
	timeoutSeconds: { minimum: 1, maximum: 120, whole: true, unless: 10 },
	deadlineSeconds: { minimum: 1, maximum: 600, whole: false, unless: 30 },
	maxAttempts: { minimum: 1, maximum: 10, whole: true, unless: 4 },
	requestsPerMinute: { minimum: 1, maximum: 500, whole: true, unless: 120 },
	reverifySeconds: { minimum: 5, maximum: 86_400, whole: false, unless: 300, zero: true },
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

function faultOfNumber(rule: NumberRule, value: unknown): string | undefined {
	if (typeIs(value, "number") && value === value) {
		const inside = value >= rule.minimum && value <= rule.maximum;
		const whole = !rule.whole || value === math.floor(value);
		if ((inside && whole) || (rule.zero && value === 0)) return undefined;
	}
	const wanted = `a ${rule.whole ? "whole " : ""}number from ${rule.minimum} to ${rule.maximum}`;
	return `wanted ${rule.zero ? "0 or " : ""}${wanted}, got ${show(value)}`;
}

/** The address, or what is wrong with `url`. A user name in it is not repeated: it may be a password. */
function readUrl(value: unknown): Address | string {
	if (!typeIs(value, "string") || value === "") {
		return `wanted the address of your Placelock server, such as "https://keys.example.com", got ${show(value)}`;
	}
	const address = readAddress(value);
	if (!typeIs(address, "string")) return address;
	const given = value.find("@", 1, true)[0] !== undefined ? "the given address" : show(value);
	return `${given} ${address}`;
}

/**
 * Checks the options and fills in the defaults. Throws for a mistake in them,
 * and only for that: one message with every problem, naming the option, what
 * was given (never the key) and what is wanted.
 */
export function readOptions(given: unknown, level: number): Settings {
	if (!typeIs(given, "table")) {
		error(`Placelock.connect wants a table of options, { url = …, key = … }, got ${show(given)}`, level);
	}
	const options = given as Record<string, unknown>;
	if (typeIs(options.connect, "function")) {
		error(
			"Placelock.connect is called with a dot, not a colon: Placelock.connect({ url = …, key = … })",
			level,
		);
	}
	const problems = new Array<string>();
	const check = (name: string, fault: string | undefined) => {
		if (fault !== undefined) problems.push(`${name}: ${fault}`);
	};

	for (const [name] of pairs(options)) {
		if (!names.includes(name)) {
			check(show(name), `there is no such option; there are ${names.join(", ")}`);
		}
	}
	problems.sort();

	const address = readUrl(options.url);
	if (typeIs(address, "string")) check("url", address);
	check("key", faultOfKey(options.key));
	const numberOf = (name: keyof typeof numbers): number => {
		const rule: NumberRule = numbers[name];
		const value = options[name] ?? rule.unless;
		check(name, faultOfNumber(rule, value));
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
	check("studio", faultOfStudio(studio));
	if (options.logger !== undefined && !typeIs(options.logger, "function")) {
		check("logger", `wanted a function (level, message), got ${show(options.logger)}`);
	}

	if (problems.size() > 0 || typeIs(address, "string")) {
		const count = problems.size() === 1 ? "1 problem" : `${problems.size()} problems`;
		error(`Placelock.connect: the options have ${count}:\n  - ${problems.join("\n  - ")}`, level);
	}
	return { ...settings, address };
}
