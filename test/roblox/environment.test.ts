import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";
import { answers, type FaultServer, startFaultServer } from "../support/faultServer.js";
import { type GameServer, type GameServerOptions, startGameServer } from "../support/roblox/gameServer.js";

/** Compares the Roblox environment of the SDK's tests with Roblox's documentation. */

let server: GameServer;
let faults: FaultServer;

async function start(options: GameServerOptions = {}): Promise<GameServer> {
	server = await startGameServer({ model: [], ...options });
	return server;
}

beforeAll(async () => {
	faults = await startFaultServer();
});
afterAll(() => faults.close());
afterEach(async () => {
	await server.close();
});

const http = `local HttpService = game:GetService("HttpService")\n`;

/** The response of RequestAsync, or the error that it threw. */
function request(options: string): Promise<unknown> {
	return server.run(
		`${http}local ok, result = pcall(function(url) return HttpService:RequestAsync(${options}) end, ...)
		return if ok then result else tostring(result)`,
		faults.url,
	);
}

function evaluate(expression: string): Promise<unknown> {
	return server.run(`${http}return ${expression}`);
}

/** The error that an expression throws. */
function thrown(expression: string): Promise<unknown> {
	return server.run(`${http}local ok, message = pcall(function() return ${expression} end) return message`);
}

describe("the game", () => {
	test("has the place, the server and the version that a script can read", async () => {
		await start({ placeId: 5, gameId: 6, jobId: "job", placeVersion: 7, privateServerId: "vip" });
		expect(
			await evaluate("{game.PlaceId, game.GameId, game.JobId, game.PlaceVersion, game.PrivateServerId}"),
		).toEqual([5, 6, "job", 7, "vip"]);
		expect(await evaluate('game:GetService("RunService"):IsServer()')).toBe(true);
	});

	test("can be Studio, without a JobId, or a client", async () => {
		await start({ studio: true });
		expect(await evaluate('{game.JobId, game:GetService("RunService"):IsStudio()}')).toEqual(["", true]);
		await server.close();
		await start({ client: true });
		expect(await evaluate('game:GetService("RunService"):IsServer()')).toBe(false);
		expect(await request("{ Url = url }")).toBe("Http requests can only be executed by game server");
	});

	test("loads a module once, reports one that fails, and has instances and enums of their own types", async () => {
		const module = (name: string, source: string) => ({
			name,
			className: "ModuleScript",
			source,
			children: [],
		});
		await start({
			model: [
				module("Counter", "_G.loads = (_G.loads or 0) + 1 return script.Name .. script.Parent.Name"),
				module("Broken", "error('boom')"),
				module("Silent", "local a = 1"),
				module("Slow", "task.wait(1) return 'slow'"),
			],
		});
		const modules = "game:GetService('ServerScriptService')";
		expect(await evaluate(`{require(${modules}.Counter), require(${modules}.Counter), _G.loads}`)).toEqual([
			"CounterServerScriptService",
			"CounterServerScriptService",
			1,
		]);
		expect(await thrown(`require(${modules}.Broken)`)).toMatch(/experienced an error while loading/);
		expect(server.errors[0]?.message).toBe("ServerScriptService.Broken:1: boom");
		expect(await thrown(`require(${modules}.Silent)`)).toMatch(/experienced an error/);
		expect(server.errors[1]?.message).toBe("Module code did not return exactly one value");
		expect(await server.runToEnd(`return require(${modules}.Slow)`)).toBe("slow");
		expect(
			await evaluate(
				"{typeof(game), typeof(Enum.HttpError.TimedOut), type(game), tostring(Enum.HttpError.DnsResolve)}",
			),
		).toEqual(["Instance", "EnumItem", "userdata", "Enum.HttpError.DnsResolve"]);
		expect(await thrown("game.Nothing")).toMatch('Nothing is not a valid member of DataModel "Game"');
		expect(await thrown("game:GetService('NoService')")).toMatch("'NoService' is not a valid Service name");
	});

	test("calls the functions of BindToClose, waits for them, and gives up after 30 seconds", async () => {
		await start();
		faults.next(answers.json({ flushed: true }));
		const before = faults.received.length;
		await server.run(
			`${http}local url = ...
			game:BindToClose(function() task.wait(2) HttpService:RequestAsync({ Url = url .. "/flush" }) end)`,
			faults.url,
		);
		expect(await server.close()).toBe(true);
		expect(faults.received.slice(before).map(({ path }) => path)).toEqual(["/flush"]);
		await start();
		await server.run("game:BindToClose(function() task.wait(31) end)");
		expect(await server.close()).toBe(false);
	});
});

describe("time", () => {
	test("stands still until the test moves it, and then runs timers in order", async () => {
		await start({ startedAt: 1_700_000_000 });
		const script = server.run(`
			local seen = {}
			task.delay(2, function() table.insert(seen, "two") end)
			task.delay(1, function() table.insert(seen, "one") end)
			task.defer(function() table.insert(seen, "deferred") end)
			task.spawn(function() table.insert(seen, "spawned") end)
			local waited = task.wait(3)
			return { seen = seen, waited = waited, clock = os.clock(), time = os.time() }`);
		await server.advance(2.5);
		expect(await server.alive()).toMatchObject({ threads: 1, timers: 1 });
		await server.advance(1);
		expect(await script).toEqual({
			seen: ["spawned", "deferred", "one", "two"],
			waited: 3,
			clock: 3,
			time: 1_700_000_003,
		});
		expect(server.now).toBe(3.5);
	});

	test("passes by itself with a real clock", async () => {
		await start({ clock: "real" });
		expect(await server.run("return task.wait(0.05) >= 0.05")).toBe(true);
		await expect(server.advance(1)).rejects.toThrow("cannot be moved");
	});

	test("runs no timer that was cancelled", async () => {
		await start();
		await server.run("local thread = task.delay(5, error, 'late') task.cancel(thread)");
		expect(await server.alive()).toEqual({ threads: 0, timers: 0, requests: 0 });
		await server.advance(10);
		expect(server.errors).toEqual([]);
	});

	test("is counted in frames of a sixtieth of a second for a wait without a duration", async () => {
		await start();
		expect(await server.runToEnd("return task.wait() * 60")).toBeCloseTo(1);
		expect(await server.runToEnd('return game:GetService("RunService").Heartbeat:Wait() * 60')).toBeCloseTo(
			1,
		);
		expect((await server.alive()).timers).toBe(0);
	});
});

describe("threads and signals", () => {
	test("that fail are reported with their stack, and the game goes on", async () => {
		await start();
		expect(await server.run("task.spawn(function() error('lost') end) return 1")).toBe(1);
		expect(server.errors).toEqual([
			{ message: "ServerScriptService.Script1:1: lost", trace: expect.stringContaining("Script1:1") },
		]);
	});

	test("reject the run if the script itself fails", async () => {
		await start();
		await expect(server.run("error('no')")).rejects.toThrow("Script1:1: no");
		await expect(server.run("not Luau")).rejects.toThrow("Script2:1:");
		expect(server.errors).toEqual([]);
	});

	const events = `
		local seen = {}
		local event = Instance.new("BindableEvent")
		local connection = event.Event:Connect(function(value) table.insert(seen, value.text) end)
		event.Event:Once(function() table.insert(seen, "once") end)
		event:Fire(setmetatable({ text = "first" }, { __index = { lost = true } }))
		table.insert(seen, "after firing")
		task.wait()
		event:Fire({ text = "second" })
		task.wait()
		connection:Disconnect()
		event:Fire({ text = "not received" })
		task.wait()
		return seen`;

	test("call their handlers at the end of the resumption point, as in new places", async () => {
		await start();
		expect(await server.runToEnd(events)).toEqual(["after firing", "first", "once", "second"]);
	});

	test("call their handlers immediately, as in older places", async () => {
		await start({ signals: "immediate" });
		expect(await server.runToEnd(events)).toEqual(["first", "once", "after firing", "second"]);
	});
});

describe("HttpService:RequestAsync", () => {
	test("sends real HTTP with the platform's headers, and returns the response", async () => {
		await start({ placeId: 42 });
		faults.next({ status: 201, body: { got: "ü" }, headers: { "x-one": "1" } });
		expect(
			await request(
				`{ Url = url .. "/path?q=1", Method = "POST", Headers = { ["Content-Type"] = "application/json" }, Body = '{"a":"é"}' }`,
			),
		).toMatchObject({
			Success: true,
			StatusCode: 201,
			StatusMessage: "Created",
			Body: '{"got":"ü"}',
			Headers: { "x-one": "1" },
		});
		const { method, path, headers, raw } = faults.received.at(-1) ?? {};
		expect({ method, path, body: raw?.toString() }).toEqual({
			method: "POST",
			path: "/path?q=1",
			body: '{"a":"é"}',
		});
		expect(headers).toMatchObject({
			"roblox-id": "42",
			"user-agent": "Roblox/Linux",
			accept: "*/*",
			"accept-encoding": "gzip, deflate",
			"cache-control": "no-cache",
		});
		expect(server.requests).toMatchObject([{ method: "POST", outcome: 201, body: '{"a":"é"}' }]);
	});

	test("has the user agent RobloxStudio in Studio", async () => {
		await start({ studio: true });
		await request("{ Url = url }");
		expect(faults.received.at(-1)?.headers["user-agent"]).toMatch(/^RobloxStudio\//);
	});

	test.each([404, 429, 500, 503])("does not throw for status %d", async (status) => {
		await start();
		faults.next(answers.json({}, status));
		expect(await request("{ Url = url }")).toMatchObject({ Success: false, StatusCode: status });
	});

	test("keeps every byte of a body that is not text", async () => {
		await start();
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
		faults.next({ status: 200, body: bytes });
		expect(
			await server.run(
				`${http}local url = ...
				local body = HttpService:RequestAsync({ Url = url }).Body
				HttpService:RequestAsync({ Url = url, Method = "POST", Body = body })
				return #body`,
				faults.url,
			),
		).toBe(256);
		expect(faults.received.at(-1)?.raw.equals(bytes)).toBe(true);
	});

	test("compresses the body on request, and decompresses a compressed response", async () => {
		await start();
		faults.next({ status: 200, body: gzipSync("inflated"), headers: { "content-encoding": "gzip" } });
		expect(
			await request(
				'{ Url = url, Method = "POST", Body = "deflated", Compress = Enum.HttpCompression.Gzip }',
			),
		).toMatchObject({ Body: "inflated" });
		const { headers, raw } = faults.received.at(-1) ?? {};
		expect(headers?.["content-encoding"]).toBe("gzip");
		expect(gunzipSync(raw ?? Buffer.alloc(0)).toString()).toBe("deflated");
	});

	test("follows redirects, without the Authorization header to another host", async () => {
		await start({ hosts: { "keys.example.com": "127.0.0.1" } });
		const elsewhere = faults.url.replace("127.0.0.1", "keys.example.com");
		faults.next(answers.redirect("/next"), answers.redirect(elsewhere), answers.json({ end: true }));
		expect(await request('{ Url = url, Headers = { Authorization = "Bearer x" } }')).toMatchObject({
			StatusCode: 200,
			Body: '{"end":true}',
		});
		expect(faults.received.slice(-3).map(({ headers }) => headers.authorization)).toEqual([
			"Bearer x",
			"Bearer x",
			undefined,
		]);
		faults.always(answers.redirect("/again"));
		expect(await request("{ Url = url }")).toBe("HttpError: TooManyRedirects");
		faults.always(answers.json({}));
		faults.next(answers.redirect("ftp://elsewhere"));
		expect(await request("{ Url = url }")).toBe("HttpError: InvalidRedirect");
	});

	test("throws if HTTP is off in the game's settings", async () => {
		await start({ httpEnabled: false });
		expect(await request("{ Url = url }")).toBe("Http requests are not enabled. Enable via game settings");
		await server.http.configure({ enabled: true });
		expect(await request("{ Url = url }")).toMatchObject({ Success: true });
	});

	test.each([
		"Content-Length",
		"user-agent",
		"Roblox-Id",
		"Accept-Encoding",
		"Connection",
		"Host",
		"Via",
		"X-Forwarded-For",
	])("does not allow the header %s", async (name) => {
		await start();
		expect(await request(`{ Url = url, Headers = { ["${name}"] = "1" } }`)).toBe(
			`Header "${name}" is not allowed!`,
		);
		expect(server.requests).toEqual([]);
	});

	test.each([
		["", "Empty URL"],
		["no scheme", "HttpError: InvalidUrl"],
		["http://", "HttpError: InvalidUrl"],
		["http://a b/", "HttpError: InvalidUrl"],
		["ftp://example.com/", "URL: Trust check failed"],
		["https://www.roblox.com/", "HttpService is not allowed to access ROBLOX resources"],
		["http://localhost:22/", "ERR_ACCESS_DENIED"],
		["http://localhost:1194/", "ERR_ACCESS_DENIED"],
		["http://nowhere.example.com/", "HttpError: DnsResolve"],
	])("rejects the address %j", async (url, message) => {
		await start();
		expect(await request(`{ Url = "${url}" }`)).toBe(message);
	});

	test.each([
		["a body that is not text", '{ Url = url, Method = "POST", Body = {} }', /Body/],
		["a body with GET", '{ Url = url, Body = "x" }', /body/],
		["a timeout that is not whole seconds", "{ Url = url, Timeout = 1.5 }", /Timeout/],
		["a line break in a header", '{ Url = url, Headers = { A = "b\\nc" } }', /disallowed/],
		["no options", "nil", /Argument 1/],
	])("rejects %s", async (_what, options, message) => {
		await start();
		expect(await request(options)).toMatch(message);
	});

	test("throws the name of what went wrong with the connection", async () => {
		await start();
		faults.next("drop", "cut", { status: 200, body: "not gzip", headers: { "content-encoding": "gzip" } });
		expect(await request("{ Url = url }")).toBe("HttpError: ConnectionClosed");
		expect(await request("{ Url = url }")).toBe("HttpError: ConnectionClosed");
		expect(await request("{ Url = url }")).toBe("HttpError: ServerProtocolError");
		expect(await request('{ Url = string.gsub(url, "http", "https") }')).toBe("HttpError: SslConnectFail");
		await faults.refuse();
		expect(await request("{ Url = url }")).toBe("HttpError: ConnectFail");
		await faults.listen();
	});

	test("throws if the other side is not an HTTP server", async () => {
		await start();
		const gibberish = createServer((socket) => void socket.resume().end("SSH-2.0-OpenSSH_9.6\r\n"));
		await new Promise<void>((resolve) => gibberish.listen(0, "127.0.0.1", resolve));
		const { port } = gibberish.address() as AddressInfo;
		expect(await request(`{ Url = "http://127.0.0.1:${port}/" }`)).toBe("HttpError: ServerProtocolError");
		await new Promise((resolve) => gibberish.close(resolve));
	});

	test("times out on the game's clock after the seconds in Timeout", async () => {
		await start();
		faults.next("hang");
		const response = request("{ Url = url, Timeout = 10 }");
		await server.advance(9, { awaitHttp: false });
		expect(await server.alive()).toMatchObject({ requests: 1 });
		await server.advance(1, { awaitHttp: false });
		expect(await response).toBe("HttpError: Timedout");
		await server.settle();
		expect(await server.alive()).toEqual({ threads: 0, timers: 0, requests: 0 });
	});

	test("waits for a slow response while the clock stands still", async () => {
		await start();
		faults.next({ status: 200, body: "slow and steady", slowMs: 50 });
		expect(await request("{ Url = url }")).toMatchObject({ Body: "slow and steady" });
		expect(server.now).toBe(0);
	});

	test("allows 500 requests a minute, then fails until they are a minute old", async () => {
		await start();
		const sendAll = `${http}local url = ...
			local failed
			for index = 1, 501 do
				local ok, message = pcall(HttpService.RequestAsync, HttpService, { Url = url, Method = "HEAD" })
				if not ok then failed = { index, message } end
			end
			return failed`;
		expect(await server.run(sendAll, faults.url)).toEqual([501, "Number of requests exceeded limit"]);
		await server.advance(60);
		expect(await request("{ Url = url }")).toMatchObject({ Success: true });
	});

	test("can stall for 30 seconds over the limit before it fails", async () => {
		await start({ requestLimit: 0, overLimit: "stall" });
		const response = request("{ Url = url }");
		await server.advance(30);
		expect(await response).toBe("Number of requests exceeded limit");
	});

	test("fails once as the test asks for, without sending anything", async () => {
		await start();
		await server.http.failNext("HttpError: SslVerificationFail");
		expect(await request("{ Url = url }")).toBe("HttpError: SslVerificationFail");
		expect(server.requests).toEqual([]);
		expect(await request("{ Url = url }")).toMatchObject({ Success: true });
	});
});

describe("secrets", () => {
	const secrets = { token: "s3cret", bound: { value: "b0und", domain: "*.example.com" } };

	test("are sent in headers and addresses, with a prefix and a suffix", async () => {
		await start({ secrets });
		await request(
			`{ Url = HttpService:GetSecret("token"):AddPrefix(url .. "/"):AddSuffix("/end"), Headers = { Authorization = HttpService:GetSecret("token"):AddPrefix("Bearer ") } }`,
		);
		expect(faults.received.at(-1)).toMatchObject({
			path: "/s3cret/end",
			headers: { authorization: "Bearer s3cret" },
		});
	});

	test("cannot be read, joined, encoded or sent in a body", async () => {
		await start({ secrets });
		const secret = 'HttpService:GetSecret("token")';
		expect(await evaluate(`{tostring(${secret}), typeof(${secret})}`)).toEqual(["Secret(token)", "Secret"]);
		expect(await thrown(`${secret}.Value`)).toMatch("Value is not a valid member of Secret");
		expect(await thrown(`${secret} .. "x"`)).toMatch("attempt to concatenate");
		expect(await thrown(`#${secret}`)).toMatch("attempt to get length");
		expect(await thrown(`HttpService:JSONEncode(${secret})`)).toBe("Can't convert to JSON");
		expect(await request(`{ Url = url, Method = "POST", Body = ${secret} }`)).toMatch("Body must be");
	});

	test("that do not exist throw, as in a solo playtest", async () => {
		await start({ secrets });
		expect(await thrown('HttpService:GetSecret("other")')).toBe("Can't find secret with given key");
	});

	test("are sent to their own domain only", async () => {
		await start({ secrets, hosts: { "keys.example.com": "127.0.0.1" } });
		const headers = 'Headers = { A = HttpService:GetSecret("bound") }';
		expect(await request(`{ Url = url, ${headers} }`)).toMatch("is not allowed for this domain");
		expect(
			await request(`{ Url = string.gsub(url, "127.0.0.1", "keys.example.com"), ${headers} }`),
		).toMatchObject({ Success: true });
	});
});

describe("JSON", () => {
	beforeEach(() => start());

	test.each([
		["{}", "[]"],
		["{ a = {} }", '{"a":[]}'],
		["{ 1, 2, 3 }", "[1,2,3]"],
		["{ a = nil, b = true }", '{"b":true}'],
		["{ 1, nil, 3 }", "[1,null,3]"],
		["{ 1, key = 2 }", "[1]"],
		['"a\\"\\\\\\n\\1ü😀"', '"a\\"\\\\\\n\\u0001ü😀"'],
		["2^53", "9007199254740992"],
		["0.1", "0.1"],
		["1/3", "0.3333333333333333"],
		["-0.5e-10", "-5e-11"],
		["nil", "null"],
		["{ f = print }", '{"f":null}'],
	])("encodes %s as %s", async (value, text) => {
		expect(await evaluate(`HttpService:JSONEncode(${value})`)).toBe(text);
	});

	test.each(["0/0", "1/0", "-1/0", "{ deep = { 0/0 } }", '"\\255"', "{ [5] = 1 }"])(
		"cannot encode %s",
		async (value) => {
			expect(await thrown(`HttpService:JSONEncode(${value})`)).toBe("Can't convert to JSON");
		},
	);

	test("cannot encode a table that contains itself", async () => {
		expect(
			await server.run(
				`${http}local t = {} t.t = t return select(2, pcall(HttpService.JSONEncode, HttpService, t))`,
			),
		).toBe("Can't convert to JSON");
	});

	test.each([
		['{"a":[1,2.5,-3e2],"b":{"c":"\\u00fc\\ud83d\\ude00"},"d":false}', true],
		["[]", true],
		[' "text" ', true],
		["9007199254740993", true],
		["", false],
		["{", false],
		["[1,]", false],
		["01", false],
		["1e999", false],
		["nul", false],
		['"\\ud83d"', false],
		["{'a':1}", false],
		["[1] x", false],
	])("decodes %j: %p", async (text, reads) => {
		const script = `${http}local ok, value = pcall(HttpService.JSONDecode, HttpService, (...)) return { ok = ok, value = value }`;
		expect(await server.run(script, text)).toEqual(
			reads ? { ok: true, value: JSON.parse(text) } : { ok: false, value: "Can't parse JSON" },
		);
	});

	test("decodes null as nil, which leaves no key", async () => {
		expect(
			await server.run(
				`${http}local value = HttpService:JSONDecode('{"a":null,"b":[1,null,3]}') return { value.a == nil, next(value) == "b", value.b[3], #value.b }`,
			),
		).toEqual([true, true, 3, expect.any(Number)]);
	});

	test("percent-encodes text, and generates GUIDs", async () => {
		expect(await evaluate('HttpService:UrlEncode("a b/ü")')).toBe("a%20b%2F%C3%BC");
		expect(await evaluate("HttpService:GenerateGUID(false)")).toMatch(
			/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/,
		);
		expect(await evaluate("HttpService:GenerateGUID()")).toMatch(/^\{.{36}\}$/);
	});
});

describe("a script that never yields", () => {
	test("is ended from outside", async () => {
		await start({ longestStepSeconds: 0.5 });
		await expect(server.run("while true do end")).rejects.toThrow("without yielding");
	});
});
