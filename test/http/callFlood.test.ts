import { Agent } from "node:http";
import { StoreUnavailable } from "../../server/store/store.js";
import { FakeClock } from "../support/clock.js";
import { type ServerOptions, startServer, type TestServer } from "../support/server.js";

/**
 * Anyone who can reach the server can cause any number of rejected requests. They
 * must neither fill the disk with log lines nor hide what else went wrong.
 */
describe("a flood of requests in the log", () => {
	const clock = new FakeClock();
	const agent = new Agent({ keepAlive: true, maxSockets: 20 });
	let server: TestServer;
	const start = async (options: ServerOptions = {}) => {
		server = await startServer({
			logLevel: "info",
			clock,
			settings: { trustedProxies: ["127.0.0.1"] },
			...options,
		});
	};
	afterEach(() => server.close());
	afterAll(() => agent.destroy());

	/** Concurrent requests with invented tokens, each from the address that `from` returns for its number. */
	const rejected = (count: number, from: (request: number) => string) =>
		Promise.all(
			Array.from({ length: count }, (_each, number) =>
				server.call("GET", "/v1/workspaces", {
					token: `made-up-${number}`,
					headers: { "X-Forwarded-For": from(number) },
					agent,
				}),
			),
		);
	const lines = (msg: string) => server.logs.filter((line) => line.msg === msg);
	const totalOf = (reported: ReadonlyArray<Record<string, unknown>>) =>
		reported.reduce((sum, { requests }) => sum + Number(requests), 0);

	it("logs 60 lines a minute per address, and the rest as one total", async () => {
		await start();
		await rejected(200, () => "203.0.113.1");
		await rejected(3, () => "203.0.113.2");
		expect(lines("request rejected").map(({ address }) => address)).toEqual([
			...Array(60).fill("203.0.113.1"),
			...Array(3).fill("203.0.113.2"),
		]);
		const { text } = await server.call("GET", "/metrics");
		expect(text).toContain('{endpoint="workspaces.list",code="too_many_failures"} 140\n');
		expect(text).toContain('{endpoint="workspaces.list",code="key_unknown"} 63\n');
		expect(lines("more requests rejected")).toEqual([]);
		server.app.flushSuppressedLog();
		server.app.flushSuppressedLog();
		expect(lines("more requests rejected")).toMatchObject([
			{ level: 30, address: "203.0.113.1", requests: 140, codes: { too_many_failures: 140 } },
		]);
	});

	it("is logged again after a minute", async () => {
		await start();
		await rejected(70, () => "203.0.113.1");
		clock.advance(50_000);
		await rejected(5, () => "203.0.113.1");
		expect(lines("request rejected")).toHaveLength(60);
		clock.advance(11_000);
		await rejected(5, () => "203.0.113.1");
		expect(lines("request rejected")).toHaveLength(65);
	});

	it("counts the addresses of one IPv6 subscriber as one", async () => {
		await start();
		await rejected(80, (request) => `2001:db8:1:2::${(request + 1).toString(16)}`);
		expect(lines("request rejected")).toHaveLength(60);
		server.app.flushSuppressedLog();
		expect(lines("more requests rejected")).toMatchObject([{ address: "2001:db8:1:2::/64", requests: 20 }]);
	});

	it("logs 600 lines a minute overall, and reports at most 20 addresses separately", async () => {
		await start();
		await rejected(600, (request) => `198.51.100.${request % 12}`);
		await rejected(100, (request) => `203.0.113.${request % 50}`);
		await rejected(30, () => "192.0.2.1");
		expect(lines("request rejected")).toHaveLength(600);
		server.app.flushSuppressedLog();
		const reported = lines("more requests rejected");
		expect(reported).toHaveLength(21);
		expect(reported[0]).toMatchObject({ address: "192.0.2.1", requests: 30, codes: { key_unknown: 30 } });
		expect(new Set(reported.map(({ address }) => address)).size).toBe(21);
		expect(reported[20]).toMatchObject({ requests: 62, codes: { key_unknown: 62 } });
		expect(reported[20]).not.toHaveProperty("address");
		expect(totalOf(reported)).toBe(130);
	});

	it("limits failed requests separately, and logs their cause", async () => {
		await start();
		const token = await server.adminToken();
		await rejected(100, () => "203.0.113.1");
		server.store.failWith(() => new StoreUnavailable("away, on purpose"));
		for (let i = 0; i < 70; i++) {
			const headers = { "X-Forwarded-For": "203.0.113.1" };
			expect((await server.call("GET", "/v1/workspaces", { token, headers, agent })).status).toBe(503);
		}
		server.store.failWith(() => new Error("a bug, on purpose"));
		await server.call("GET", "/v1/workspaces", { token, headers: { "X-Forwarded-For": "203.0.113.1" } });
		server.store.failWith(undefined);
		expect(lines("request failed")).toHaveLength(61);
		expect(lines("database unavailable")).toHaveLength(60);
		expect(lines("unexpected error")).toHaveLength(1);
		server.app.flushSuppressedLog();
		expect(lines("more requests failed")).toMatchObject([
			{ level: 40, address: "203.0.113.1", requests: 10, codes: { unavailable: 10 } },
		]);
	});

	it("is reported when the server shuts down", async () => {
		await start();
		await rejected(61, () => "203.0.113.1");
		await server.app.close(0);
		expect(lines("more requests rejected")).toMatchObject([{ requests: 1 }]);
	});

	it("is logged line by line at debug", async () => {
		await start({ logLevel: "debug" });
		await rejected(70, () => "203.0.113.1");
		expect(lines("request rejected")).toHaveLength(70);
		server.app.flushSuppressedLog();
		expect(lines("more requests rejected")).toEqual([]);
	});

	it("logs nothing at a level that leaves rejected requests out", async () => {
		await start({ logLevel: "warn" });
		await rejected(70, () => "203.0.113.1");
		server.app.flushSuppressedLog();
		expect(server.logs).toEqual([]);
	});
});
