import type { ErrorKind } from "../results.js";

/** What a text that Roblox threw means: whose fault, under which name, and what to do. */
export interface Classified {
	readonly kind: ErrorKind;
	readonly code: string;
	readonly message: string;
}

interface KnownText {
	/** In lower case; found anywhere in the text. */
	readonly part: string;
	readonly kind: ErrorKind;
	readonly code: string;
	readonly fix: string;
}

/** Texts without a name of their own. From "trust check failed" to "empty url" they are unverified: as players and developers report them. */
const knownTexts: readonly KnownText[] = [
	{
		part: "http requests are not enabled",
		kind: "configuration",
		code: "HttpDisabled",
		fix: "HTTP requests are off for this experience. Turn on Allow HTTP Requests under Security in the experience's settings.",
	},
	{
		part: "number of requests exceeded limit",
		kind: "limited",
		code: "RequestLimit",
		fix: "This game server has used up Roblox's 500 requests a minute, all scripts together. The module pauses for 30 seconds; send less, or lower requestsPerMinute.",
	},
	{
		part: "can't find secret",
		kind: "configuration",
		code: "SecretMissing",
		fix: "",
	},
	{
		part: "trust check failed",
		kind: "configuration",
		code: "TrustCheckFailed",
		fix: "Roblox does not let games call this address. Check url: it must be the public address of your Placelock server.",
	},
	{
		part: "not allowed for this domain",
		kind: "configuration",
		code: "SecretDomain",
		fix: "The secret is bound to another domain. Set its domain to the host of url.",
	},
	{
		part: "err_access_denied",
		kind: "configuration",
		code: "AddressRefused",
		fix: "Roblox refuses this address or its port. Set url to a public address with port 80, 443 or one from 1024 on.",
	},
	{
		part: "not allowed to access roblox resources",
		kind: "configuration",
		code: "RobloxAddress",
		fix: "Games cannot call Roblox's own sites. Set url to the address of your Placelock server.",
	},
	{
		part: "only be executed by game server",
		kind: "configuration",
		code: "NotGameServer",
		fix: "Only the server may send requests. Move the module and the script that uses it to ServerScriptService.",
	},
	{
		part: "empty url",
		kind: "configuration",
		code: "EmptyUrl",
		fix: "Set url to the address of your Placelock server.",
	},
	{
		part: "convert to json",
		kind: "invalid",
		code: "JsonEncoding",
		fix: "Send only what JSON can hold: strings, finite numbers, booleans, and tables that are either lists or maps with string keys.",
	},
];

const steps = {
	network:
		"The backend could not be reached. Check that it runs and that url is right; the call can be made again.",
	address:
		"Check url: it must be the public address of your Placelock server, such as https://keys.example.com.",
	redirect:
		"The backend answered with a redirect that leads nowhere. Set url to the address it redirects to: usually https instead of http.",
	certificate:
		"The backend's certificate was not accepted. It must be valid for the host in url and issued by a public authority.",
	outstanding: "Too many requests are waiting at once in this game server. Send less at the same time.",
	environment: "This environment may not send requests. Run the game as a published place.",
};

/** The names of Enum.HttpError, with the kinds and the advice they deserve. */
const httpErrors: ReadonlyArray<readonly [name: string, kind: ErrorKind, fix: string]> = [
	["InvalidUrl", "configuration", steps.address],
	["DnsResolve", "network", steps.network],
	["ConnectFail", "network", steps.network],
	["OutOfMemory", "network", steps.network],
	["TimedOut", "network", steps.network],
	["TooManyRedirects", "protocol", steps.redirect],
	["InvalidRedirect", "protocol", steps.redirect],
	["NetFail", "network", steps.network],
	["Aborted", "network", steps.network],
	["SslConnectFail", "network", steps.certificate],
	["SslVerificationFail", "network", steps.certificate],
	["Unknown", "network", steps.network],
	["ConnectionClosed", "network", steps.network],
	["ServerProtocolError", "network", steps.network],
	["CreatorEnvironmentsNotSupportedByService", "configuration", steps.environment],
	["InactivityTimeout", "network", steps.network],
	["TooManyOutstandingRequests", "limited", steps.outstanding],
	["InvalidRangeResponse", "protocol", steps.network],
];

/** What to do when Roblox has no secret under the name the script asked for. */
export function secretMissingMessage(name: string | undefined): string {
	const which = name !== undefined ? `the secret "${name}"` : "the secret";
	return (
		`Roblox does not know ${which}. For live servers, add it on the Creator Hub: the experience, Secrets, Create Secret, with the domain of url. ` +
		"For a playtest in Studio, add it as a Local Secret: File, Experience Settings, Security, Secrets. Names are case-sensitive."
	);
}

/**
 * Sorts a text that RequestAsync, JSONEncode or GetSecret threw. Spellings vary
 * in the wild (`HttpError: Timedout`), so case never matters. What is not
 * recognised counts as `network`: it may pass, and it keeps its text.
 */
export function classify(thrown: string): Classified {
	const text = thrown.lower();
	const [name] = text.match("httperror:%s*(%a+)") as LuaTuple<[string?]>;
	if (name !== undefined) {
		const known = httpErrors.find(([candidate]) => candidate.lower() === name);
		if (known !== undefined) {
			return { kind: known[1], code: known[0], message: `${thrown}. ${known[2]}` };
		}
		return { kind: "network", code: "Unknown", message: `${thrown}. ${steps.network}` };
	}
	const [from, to] = text.find('header ".-"') as LuaTuple<[number?, number?]>;
	if (from !== undefined && to !== undefined) {
		return {
			kind: "configuration",
			code: "HeaderNotAllowed",
			message: `Roblox refused the header ${thrown.sub(from + 7, to)}. Leave it out.`,
		};
	}
	const known = knownTexts.find((candidate) => text.find(candidate.part, 1, true)[0] !== undefined);
	if (
		known === undefined &&
		(text.match("secret")[0] !== undefined || text.match("header")[0] !== undefined)
	) {
		// Nothing the network does is told in these words, and asking again would not change it.
		return {
			kind: "configuration",
			code: text.match("secret")[0] !== undefined ? "SecretUnavailable" : "HeaderNotAllowed",
			message: `${thrown}. Check the secret and its domain, and the headers the request sets.`,
		};
	}
	if (known === undefined) {
		return { kind: "network", code: "Unknown", message: `${thrown}. ${steps.network}` };
	}
	const fix = known.code === "SecretMissing" ? secretMissingMessage(undefined) : known.fix;
	return { kind: known.kind, code: known.code, message: fix };
}
