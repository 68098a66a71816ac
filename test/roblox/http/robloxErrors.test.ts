import { type Modules, openModules } from "../modules.js";

/** The errors that Roblox is known to throw, with the kind and code each must get. */
const texts: ReadonlyArray<readonly [text: string, kind: string, code: string]> = [
	["HttpError: InvalidUrl", "configuration", "InvalidUrl"],
	["HttpError: DnsResolve", "network", "DnsResolve"],
	["HttpError: ConnectFail", "network", "ConnectFail"],
	["HttpError: OutOfMemory", "network", "OutOfMemory"],
	["HttpError: TimedOut", "network", "TimedOut"],
	["HttpError: Timedout", "network", "TimedOut"],
	["HttpError: TooManyRedirects", "protocol", "TooManyRedirects"],
	["HttpError: InvalidRedirect", "protocol", "InvalidRedirect"],
	["HttpError: NetFail", "network", "NetFail"],
	["HttpError: Aborted", "network", "Aborted"],
	["HttpError: SslConnectFail", "network", "SslConnectFail"],
	["HttpError: SslVerificationFail", "network", "SslVerificationFail"],
	["HttpError: Unknown", "network", "Unknown"],
	["HttpError: ConnectionClosed", "network", "ConnectionClosed"],
	["HttpError: ServerProtocolError", "network", "ServerProtocolError"],
	[
		"HttpError: CreatorEnvironmentsNotSupportedByService",
		"configuration",
		"CreatorEnvironmentsNotSupportedByService",
	],
	["HttpError: InactivityTimeout", "network", "InactivityTimeout"],
	["HttpError: TooManyOutstandingRequests", "limited", "TooManyOutstandingRequests"],
	["HttpError: InvalidRangeResponse", "protocol", "InvalidRangeResponse"],
	["HttpError: SomethingNew", "network", "Unknown"],
	["Http requests are not enabled. Enable via game settings", "configuration", "HttpDisabled"],
	['Header "Roblox-Id" is not allowed!', "configuration", "HeaderNotAllowed"],
	["URL: Trust check failed", "configuration", "TrustCheckFailed"],
	["HttpService is not allowed to access ROBLOX resources", "configuration", "RobloxAddress"],
	["Http requests can only be executed by game server", "configuration", "NotGameServer"],
	["Empty URL", "configuration", "EmptyUrl"],
	["Can't convert to JSON", "invalid", "JsonEncoding"],
	["Number of requests exceeded limit", "limited", "RequestLimit"],
	["Can't find secret with given key", "configuration", "SecretMissing"],
	["Secrets may not be used here", "configuration", "SecretUnavailable"],
	["A header is too long", "configuration", "HeaderNotAllowed"],
	["something nobody has seen before", "network", "Unknown"],
];

describe("an error that Roblox threw", () => {
	let modules: Modules;
	beforeAll(async () => {
		modules = await openModules();
	});
	afterAll(() => modules.close());

	const classify = async (written: readonly string[]) =>
		(await modules.run(
			`local classifyThrown, found = use("http/robloxErrors").classifyThrown, {}
			for index, text in input do found[index] = classifyThrown(text) end
			return found`,
			written,
		)) as Array<{ kind: string; code: string; message: string }>;

	test("gets its kind and keeps its name as the code", async () => {
		const found = await classify(texts.map(([text]) => text));
		expect(found.map(({ kind, code }) => [kind, code])).toEqual(texts.map(([, kind, code]) => [kind, code]));
	});

	test("is recognised in upper and lower case, and with a script's position before it", async () => {
		const upperCase = await classify(texts.map(([text]) => `Workspace.Script:12: ${text.toUpperCase()}`));
		const expected = texts.map(([, kind, code]) => [kind, code]);
		expect(upperCase.map(({ kind, code }) => [kind, code])).toEqual(expected);
	});

	test("has a message with what to do", async () => {
		for (const { message } of await classify(texts.map(([text]) => text))) {
			expect(message).toMatch(/\b(check|turn on|set|add|send|leave|move|run|url|valid)\b/i);
			expect(message.endsWith(".")).toBe(true);
		}
	});
});
