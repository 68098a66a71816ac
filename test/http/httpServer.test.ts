import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { audit } from "../storage/samples.js";
import { FakeClock } from "../support/clock.js";
import { chunked, exchange, head, masked, type Sending } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";
import { waitFor } from "../support/waitFor.js";

/**
 * `POST /v1/verify` is served by the fast path and by Express. Both servers here
 * share one database and one clock, so equal requests must get equal bytes.
 */
describe("the fast path and Express", () => {
	const clock = new FakeClock();
	let dataDir: string;
	let fast: TestServer;
	let express: TestServer;
	let home: Fixture;
	let other: Record<string, string>;

	beforeAll(async () => {
		dataDir = mkdtempSync(join(tmpdir(), "placelock-fast-path-"));
		fast = await startServer({ dataDir, clock, fastPath: true });
		express = await startServer({ dataDir, clock, fastPath: false });
		home = await fast.fixture({ key: { scopes: ["bans.read"], expiresAt: clock.now() + 3_600_000 } });
		other = await tokensThatAreRefused();
	});
	afterAll(async () => {
		await fast.close();
		await express.close();
		rmSync(dataDir, { recursive: true, force: true });
	});

	async function tokensThatAreRefused(): Promise<Record<string, string>> {
		const workspace = await fast.workspace({ idleDays: 3 });
		await fast.place(workspace.id, { id: "77", status: "inactive" });
		await fast.place(workspace.id, { id: "78" });
		const admin = await fast.adminToken();
		const key = (input: Parameters<TestServer["key"]>[1]) => fast.key(workspace.id, input);
		const change = (id: string, what: string, body?: unknown) =>
			fast.call("POST", `/v1/keys/${id}/${what}`, { token: admin, body: body ?? {} });
		const [disabled, revoked, rotated] = [await key({}), await key({}), await key({})];
		await change(disabled.key.id, "disable");
		await change(revoked.key.id, "revoke");
		await change(rotated.key.id, "rotate", { overlapSeconds: 0 });
		const suspended = await fast.fixture();
		await fast.call("PATCH", `/v1/workspaces/${suspended.workspace.id}`, {
			token: admin,
			body: { status: "suspended" },
		});
		return {
			good: (await key({})).token,
			disabled: disabled.token,
			revoked: revoked.token,
			"rotated out": rotated.token,
			"of a suspended workspace": suspended.token,
			expired: (await key({ expiresAt: clock.now() + 1 })).token,
			"from elsewhere": (await key({ allowedIps: ["203.0.113.0/24"] })).token,
			"limited to other places": (await key({ placeIds: ["79"] })).token,
			service: (await key({ kind: "service" })).token,
			admin,
			limited: (await key({ rateLimit: { limit: 1, windowSeconds: 60 } })).token,
			"on a quota": (await key({ quota: { limit: 1, period: "day" } })).token,
		};
	}

	async function bothRespond(
		sending: () => readonly Sending[],
		options?: Parameters<typeof exchange>[2],
	): Promise<string> {
		const [viaFast, viaExpress] = [
			await exchange(fast.port, sending(), options),
			await exchange(express.port, sending(), options),
		].map(masked);
		expect(viaFast).toBe(viaExpress);
		const responses = (viaFast ?? "").match(/HTTP\/1\.1 \d+/g);
		for (const constant of [/^Cache-Control: no-store\r$/gm, /^X-Content-Type-Options: nosniff\r$/gm]) {
			expect(viaFast?.match(constant)).toHaveLength(responses?.length ?? Number.NaN);
		}
		return viaFast ?? "";
	}

	const verifying = (headers: Record<string, string | number>, body: string | Buffer = "{}") => [
		Buffer.concat([
			Buffer.from(
				head("POST /v1/verify", {
					"Content-Type": "application/json",
					"Content-Length": Buffer.byteLength(body),
					...headers,
				}),
			),
			Buffer.from(body),
		]),
	];
	const granted = (more: Record<string, string | number> = {}) => ({
		Authorization: `Bearer ${home.token}`,
		"Roblox-Id": home.place.id,
		...more,
	});

	it("grant with the same bytes", async () => {
		const response = await bothRespond(() => verifying(granted()));
		expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
		expect(response).toContain(home.workspace.id);
		const again = await bothRespond(() =>
			verifying(granted(), JSON.stringify({ placeId: home.place.id, jobId: "x", later: [1] })),
		);
		expect(again).toBe(response);
	});

	it.each([
		["of Japanese and an emoji", "日本 😀"],
		["of Latin letters and a control character", "é ÿ \u0080"],
		["of line separators", "\u2028 and \u2029"],
		["of pairs from both ends of the surrogates", "\ud800\udc00\udbff\udfff"],
		["of the last characters of the first plane", "\ud7ff\ue000\ufeff\uffff"],
	])("grant with the same bytes, all ASCII, with names %s", async (_title, name) => {
		const foreign = await fast.fixture();
		const { workspace: its, place } = foreign;
		// Bypasses the rule for names, like names that are older than the rule.
		await fast.store.workspaces.change(its.id, { name }, audit());
		await fast.store.places.change(its.id, place.id, { name }, audit());
		await fast.store.keys.change(foreign.key.id, { name }, audit());
		const response = await bothRespond(() =>
			verifying({ Authorization: `Bearer ${foreign.token}`, "Roblox-Id": place.id }),
		);
		const body = response.slice(response.indexOf("\r\n\r\n") + 4);
		expect(body).toMatch(/^[\x20-\x7e]+$/);
		expect(response).toMatch(new RegExp(`^Content-Length: ${body.length}\r$`, "m"));
		const { workspace, key, place: verified } = JSON.parse(body);
		expect([workspace.name, key.name, verified.name]).toEqual([name, name, name]);
	});

	it.each([
		["disabled", "78", "key_disabled"],
		["revoked", "78", "key_revoked"],
		["rotated out", "78", "token_rotated"],
		["of a suspended workspace", "78", "workspace_suspended"],
		["from elsewhere", "78", "ip_not_allowed"],
		["limited to other places", "78", "place_not_allowed"],
		["service", "78", "kind_not_allowed"],
		["admin", "78", "kind_not_allowed"],
		["good", "1", "place_not_allowed"],
		["good", "77", "place_inactive"],
	])("deny a key that is %s, in place %s, with the same bytes: %s", async (name, place, code) => {
		const response = await bothRespond(() =>
			verifying({ Authorization: `Bearer ${other[name]}`, "Roblox-Id": place }),
		);
		expect(response).toContain(`"code":"${code}"`);
	});

	it("deny an expired and an idle key with the same bytes", async () => {
		const started = clock.now();
		clock.advance(1);
		const late = () => verifying({ Authorization: `Bearer ${other.expired}`, "Roblox-Id": "78" });
		expect(await bothRespond(late)).toContain('"code":"key_expired"');
		clock.set(started + 4 * 86_400_000);
		const idle = () => verifying({ Authorization: `Bearer ${other.good}`, "Roblox-Id": "78" });
		expect(await bothRespond(idle)).toContain('"code":"key_idle"');
		clock.set(started);
	});

	it.each<[string, Record<string, string>, string, string]>([
		["no place", {}, "{}", "place_missing"],
		["only a claimed place", {}, '{"placeId":"78"}', "place_unproven"],
		["two places", { "Roblox-Id": "78" }, '{"placeId":"79"}', "place_mismatch"],
		["a field of the wrong type", { "Roblox-Id": "78" }, '{"jobId":7}', "validation_failed"],
		["a list for a body", { "Roblox-Id": "78" }, "[1]", "validation_failed"],
		["bad JSON", { "Roblox-Id": "78" }, '{"jobId":', "body_malformed"],
		["another token in X-API-Key", { "X-API-Key": "plk_game_x" }, "{}", "auth_ambiguous"],
		["a type that is not JSON", { "Content-Type": "text/plain" }, "{}", "media_type_unsupported"],
		[
			"another charset",
			{ "Content-Type": "application/json; charset=utf-16" },
			"{}",
			"media_type_unsupported",
		],
		["another encoding", { "Content-Encoding": "br" }, "{}", "media_type_unsupported"],
		["what is not gzip though it says so", { "Content-Encoding": "gzip" }, "{}", "body_malformed"],
	])("reject %s with the same bytes", async (_title, headers, body, code) => {
		const response = await bothRespond(() =>
			verifying({ Authorization: `Bearer ${other.good}`, ...headers }, body),
		);
		expect(response).toContain(`"code":"${code}"`);
	});

	it.each([
		["no token", {}, "auth_missing"],
		["another scheme", { Authorization: "Basic abc" }, "auth_missing"],
		["a token nobody made", { Authorization: "Bearer plk_game_made-up" }, "key_unknown"],
	])("reject %s with the same bytes", async (_title, headers, code) => {
		expect(await bothRespond(() => verifying(headers))).toContain(`"code":"${code}"`);
	});

	it("reject a body that is not UTF-8 with the same bytes", async () => {
		const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
		expect(await bothRespond(() => verifying(granted(), body))).toContain('"code":"body_malformed"');
	});

	it("accept bodies of 64 KiB, and reject those one byte larger, with the same bytes", async () => {
		const padded = (size: number) => `{"x":"${"y".repeat(size - 8)}"}`;
		expect(await bothRespond(() => verifying(granted(), padded(65_536)))).toMatch(/^HTTP\/1\.1 200/);
		const response = await bothRespond(() => verifying(granted(), padded(65_537)));
		expect(response).toMatch(/^HTTP\/1\.1 413/);
	});

	it("count the bytes of a chunked body, with the same bytes", async () => {
		const sending = (size: number) => [
			head(
				"POST /v1/verify",
				granted({ "Content-Type": "application/json", "Transfer-Encoding": "chunked" }),
			),
			chunked('{"x":"', "y".repeat(size - 8), '"}'),
		];
		expect(await bothRespond(() => sending(65_536))).toMatch(/^HTTP\/1\.1 200/);
		expect(await bothRespond(() => sending(65_537))).toContain('"code":"body_too_large"');
	});

	it("send 413 to a client that sends megabytes before it reads", async () => {
		const large = Buffer.alloc(4_000_000, "a");
		const whole = () => [head("POST /v1/verify", granted({ "Content-Length": large.length })), large];
		expect(await bothRespond(whole)).toContain('"code":"body_too_large"');
		const inChunks = () => [
			head("POST /v1/verify", granted({ "Transfer-Encoding": "chunked" })),
			chunked(large),
		];
		expect(await bothRespond(inChunks)).toContain('"code":"body_too_large"');
	});

	it("inflate gzip, and apply the limit after inflating, with the same bytes", async () => {
		const zipped = (body: string | Buffer) =>
			verifying(granted({ "Content-Encoding": "gzip" }), gzipSync(body));
		expect(await bothRespond(() => zipped('{"jobId":"a"}'))).toMatch(/^HTTP\/1\.1 200/);
		expect(await bothRespond(() => zipped(Buffer.alloc(50_000_000)))).toContain('"code":"body_too_large"');
		const cutOff = gzipSync("{}".padEnd(5_000)).subarray(0, 20);
		const broken = () => verifying(granted({ "Content-Encoding": "gzip" }), cutOff);
		expect(await bothRespond(broken)).toContain('"code":"body_malformed"');
	});

	it("accept a request without a body, with the same bytes", async () => {
		const bare = () => [head("POST /v1/verify", granted({ "Content-Length": 0 }))];
		expect(await bothRespond(bare)).toMatch(/^HTTP\/1\.1 200/);
	});

	it.each(["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])(
		"respond to %s of the path with the supported methods, with the same bytes",
		async (method) => {
			const response = await bothRespond(() => [head(`${method} /v1/verify`)], {
				headOnly: method === "HEAD",
			});
			expect(response).toMatch(method === "OPTIONS" ? /^HTTP\/1\.1 204/ : /^HTTP\/1\.1 405/);
			expect(response).toMatch(/^Allow: POST, OPTIONS\r$/m);
		},
	);

	it.each(["/v1/verify/x", "/v1/nothing", "/v1/%ZZ", "/v1"])(
		"respond to the path %s, which does not exist, with the same bytes",
		async (path) => {
			const response = await bothRespond(() => [head(`POST ${path}`, { "Content-Length": 0 })]);
			expect(response).toContain('"code":"not_found"');
		},
	);

	it("report the limits of a key, and deny requests beyond them, with the same bytes", async () => {
		const limited = (name: string) => () =>
			verifying({ Authorization: `Bearer ${other[name]}`, "Roblox-Id": "78" });
		const first = await bothRespond(limited("limited"));
		expect(first).toContain('RateLimit-Policy: "key";q=1;w=60\r\n');
		expect(first).toMatch(/^RateLimit: "key";r=0;t=\d+\r$/m);
		const second = await bothRespond(limited("limited"));
		expect(second).toMatch(/^HTTP\/1\.1 429/);
		expect(second).toMatch(/^Retry-After: \d+\r$/m);
		expect(second).toContain('"code":"rate_limited"');
		expect(await bothRespond(limited("on a quota"))).toMatch(/^RateLimit: "quota";r=0;t=43200\r$/m);
		expect(await bothRespond(limited("on a quota"))).toContain('"code":"quota_exceeded"');
	});

	it("respond to pipelined requests in their order, with the same bytes", async () => {
		const one = (jobId: unknown) => Buffer.concat(verifying(granted(), JSON.stringify({ jobId })));
		const pipeline = () => [Buffer.concat([one("a"), one(1), one("b")])];
		const response = await bothRespond(pipeline, { answers: 3 });
		expect([...response.matchAll(/HTTP\/1\.1 (\d+) /g)].map((match) => match[1])).toEqual([
			"200",
			"400",
			"200",
		]);
	});

	it("read a request that arrives in pieces", async () => {
		const [whole] = verifying(granted(), '{"jobId":"a"}') as [Buffer];
		const pieces = () =>
			[...whole].flatMap((byte, at): Sending[] =>
				at % 40 === 0 ? [Buffer.from([byte]), new Promise((go) => setImmediate(go))] : [Buffer.from([byte])],
			);
		expect(await bothRespond(pieces)).toMatch(/^HTTP\/1\.1 200/);
	});

	it("keep serving when a client disconnects in the middle of its body", async () => {
		for (const server of [fast, express]) {
			const connections = () =>
				new Promise<number>((resolve) => server.app.server.getConnections((_error, count) => resolve(count)));
			const socket = connect(server.port, "127.0.0.1");
			socket.write(`${head("POST /v1/verify", granted({ "Content-Length": 100 }))}{"jobId":`);
			await waitFor("the connection", async () => (await connections()) === 1);
			socket.resetAndDestroy();
			await waitFor("the end of the connection", async () => (await connections()) === 0);
			expect((await server.verify(home.token, home.place.id)).status).toBe(200);
			expect(server.logs.filter((line) => line.msg === "unexpected error")).toEqual([]);
		}
	});
});
