import type { ErrorKind } from "../results.js";

/** An error that Roblox threw: its kind, its code, and a message with what to do. */
interface ClassifiedError {
	readonly kind: ErrorKind;
	readonly code: string;
	readonly message: string;
}

interface KnownText {
	/** In lower case; may be anywhere in the error. */
	readonly part: string;
	readonly kind: ErrorKind;
	readonly code: string;
	readonly fix: string;
}

/**
 * Errors without a name of their own. Those from "trust check failed" to "empty
 * url" are not documented: they are worded as players and developers report them.
 */
const knownTexts: readonly KnownText[] = [
	{
		part: "http requests are not enabled",
		kind: "configuration",
		code: "HttpDisabled",
		fix: "HTTP requests are off for this experience. Turn on Allow HTTP Requests in File > Experience Settings > Security.",
	},
	{
		part: "number of requests exceeded limit",
		kind: "limited",
		code: "RequestLimit",
		fix: "All scripts of this game server together used up Roblox's 500 requests a minute. The module pauses for 30 seconds. Send fewer requests, or lower requestsPerMinute.",
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
		fix: "Roblox does not allow requests to this address. Set url to the public address of your Placelock server.",
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
		fix: "Roblox blocks this address or its port. Set url to a public address on port 80, 443, or one from 1024 up except 1194.",
	},
	{
		part: "not allowed to access roblox resources",
		kind: "configuration",
		code: "RobloxAddress",
		fix: "Games cannot send requests to Roblox's own sites. Set url to the address of your Placelock server.",
	},
	{
		part: "only be executed by game server",
		kind: "configuration",
		code: "NotGameServer",
		fix: "Only the server can send requests. Move the module and the script that uses it to ServerScriptService.",
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
		fix: "The body cannot be encoded. Send only what JSON can hold: strings, finite numbers, booleans, and tables that are either lists or maps with string keys.",
	},
];

const fixes = {
	network: "The backend could not be reached. Check that it runs and that url is right, then try again.",
	address: "Set url to the public address of your Placelock server, such as https://keys.example.com.",
	redirect:
		"The backend's redirect leads nowhere. Set url to the address it redirects to, usually https instead of http.",
	certificate:
		"The backend's certificate was not accepted. It must be valid for the host in url and issued by a public authority.",
	outstanding:
		"Too many requests of this game server are waiting for a response. Send fewer at the same time.",
	environment: "This environment cannot send requests. Run the game as a published place.",
};

/** The names of Enum.HttpError, each with its kind and what to do. */
const httpErrors: ReadonlyArray<readonly [name: string, kind: ErrorKind, fix: string]> = [
	["InvalidUrl", "configuration", fixes.address],
	["DnsResolve", "network", fixes.network],
	["ConnectFail", "network", fixes.network],
	["OutOfMemory", "network", fixes.network],
	["TimedOut", "network", fixes.network],
	["TooManyRedirects", "protocol", fixes.redirect],
	["InvalidRedirect", "protocol", fixes.redirect],
	["NetFail", "network", fixes.network],
	["Aborted", "network", fixes.network],
	["SslConnectFail", "network", fixes.certificate],
	["SslVerificationFail", "network", fixes.certificate],
	["Unknown", "network", fixes.network],
	["ConnectionClosed", "network", fixes.network],
	["ServerProtocolError", "network", fixes.network],
	["CreatorEnvironmentsNotSupportedByService", "configuration", fixes.environment],
	["InactivityTimeout", "network", fixes.network],
	["TooManyOutstandingRequests", "limited", fixes.outstanding],
	["InvalidRangeResponse", "protocol", fixes.network],
];

/** What to do when Roblox has no secret with the given name. */
export function secretMissingMessage(name: string | undefined): string {
	const which = name !== undefined ? `the secret "${name}"` : "the secret";
	return (
		`Roblox does not have ${which}. For live servers, add it in the Creator Hub: your experience, Secrets, Create Secret, with the host of url as its domain. ` +
		"For playtests in Studio, add it as a Local Secret in File > Experience Settings > Security > Secrets. Names are case-sensitive."
	);
}

/**
 * Classifies an error that RequestAsync, JSONEncode or GetSecret threw. Case is
 * ignored, because spellings vary in the wild (`HttpError: Timedout`). An unknown
 * error counts as `network`, because it may pass by itself, and keeps its text.
 */
export function classifyThrown(thrown: string): ClassifiedError {
	const text = thrown.lower();
	const [name] = text.match("httperror:%s*(%a+)") as LuaTuple<[string?]>;
	if (name !== undefined) {
		const httpError = httpErrors.find(([candidate]) => candidate.lower() === name);
		if (httpError !== undefined) {
			return { kind: httpError[1], code: httpError[0], message: `${thrown}. ${httpError[2]}` };
		}
		return { kind: "network", code: "Unknown", message: `${thrown}. ${fixes.network}` };
	}
	const [from, to] = text.find('header ".-"') as LuaTuple<[number?, number?]>;
	if (from !== undefined && to !== undefined) {
		return {
			kind: "configuration",
			code: "HeaderNotAllowed",
			message: `Roblox does not allow the header ${thrown.sub(from + 7, to)}. Leave it out.`,
		};
	}
	const known = knownTexts.find((candidate) => text.find(candidate.part, 1, true)[0] !== undefined);
	if (known !== undefined) {
		const fix = known.code === "SecretMissing" ? secretMissingMessage(undefined) : known.fix;
		return { kind: known.kind, code: known.code, message: fix };
	}
	// Errors of the network never mention a secret or a header, and a retry would not change these.
	const isAboutSecret = text.match("secret")[0] !== undefined;
	if (isAboutSecret || text.match("header")[0] !== undefined) {
		return {
			kind: "configuration",
			code: isAboutSecret ? "SecretUnavailable" : "HeaderNotAllowed",
			message: `${thrown}. Check the secret and its domain, and the headers of the request.`,
		};
	}
	return { kind: "network", code: "Unknown", message: `${thrown}. ${fixes.network}` };
}
