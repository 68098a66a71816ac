import { Agent } from "node:http";
import { StoreUnavailable } from "../../server/store/store.js";
import { FakeClock } from "../support/clock.js";
import { type ServerOptions, startServer, type TestServer } from "../support/server.js";

/**
 * Whoever can reach the server can have any number of calls refused: they must
 * not fill the disk through the log, nor hide what else went wrong.
 */
describe("a flood of calls in the log", () => {
	const clock = new FakeClock();
	const agent = new Agent({ keepAlive: true, maxSockets: 20 });
	let server: TestServer;
	const begin = async (options: ServerOptions = {}) => {
		server = await startServer({
			logLevel: "info",
			clock,
			settings: { trustedProxies: ["127.0.0.1"] },
			...options,
		});
	};
	afterEach(() => server.close());
	afterAll(() => agent.destroy());

	/** Calls at one moment, each from the address that `from` gives its number; token after token is made up. */
	const refused = (calls: number, from: (call: number) => string) =>
		Promise.all(
			Array.from({ length: calls }, (_each, number) =>
				server.call("GET", "/v1/workspaces", {
					token: `made-up-${number}`,
					headers: { "X-Forwarded-For": from(number) },
					agent,
				}),
			),
		);
	const lines = (msg: string) => server.logs.filter((line) => line.msg === msg);
	const sumOf = (told: ReadonlyArray<Record<string, unknown>>) =>
		told.reduce((sum, { calls }) => sum + Number(calls), 0);

	it("has 60 lines a minute of one address, and the rest in one sum", async () => {
		await begin();
		await refused(200, () => "203.0.113.1");
		await refused(3, () => "203.0.113.2");
		expect(lines("call refused").map(({ address }) => address)).toEqual([
			...Array(60).fill("203.0.113.1"),
			...Array(3).fill("203.0.113.2"),
		]);
		const { text } = await server.call("GET", "/metrics");
		expect(text).toContain('{endpoint="workspaces.list",code="too_many_failures"} 140\n');
		expect(text).toContain('{endpoint="workspaces.list",code="key_unknown"} 63\n');
		expect(lines("more calls refused")).toEqual([]);
		server.app.flushSuppressedLog();
		server.app.flushSuppressedLog();
		expect(lines("more calls refused")).toMatchObject([
			{ level: 30, address: "203.0.113.1", calls: 140, codes: { too_many_failures: 140 } },
		]);
	});

	it("has lines again when a minute has passed", async () => {
		await begin();
		await refused(70, () => "203.0.113.1");
		clock.advance(50_000);
		await refused(5, () => "203.0.113.1");
		expect(lines("call refused")).toHaveLength(60);
		clock.advance(11_000);
		await refused(5, () => "203.0.113.1");
		expect(lines("call refused")).toHaveLength(65);
	});

	it("takes the addresses of one IPv6 subscriber for one", async () => {
		await begin();
		await refused(80, (call) => `2001:db8:1:2::${(call + 1).toString(16)}`);
		expect(lines("call refused")).toHaveLength(60);
		server.app.flushSuppressedLog();
		expect(lines("more calls refused")).toMatchObject([{ address: "2001:db8:1:2::/64", calls: 20 }]);
	});

	it("has 600 lines a minute of all addresses, and names at most 20 of the rest", async () => {
		await begin();
		await refused(600, (call) => `198.51.100.${call % 12}`);
		await refused(100, (call) => `203.0.113.${call % 50}`);
		await refused(30, () => "192.0.2.1");
		expect(lines("call refused")).toHaveLength(600);
		server.app.flushSuppressedLog();
		const told = lines("more calls refused");
		expect(told).toHaveLength(21);
		expect(told[0]).toMatchObject({ address: "192.0.2.1", calls: 30, codes: { key_unknown: 30 } });
		expect(new Set(told.map(({ address }) => address)).size).toBe(21);
		expect(told[20]).toMatchObject({ calls: 62, codes: { key_unknown: 62 } });
		expect(told[20]).not.toHaveProperty("address");
		expect(sumOf(told)).toBe(130);
	});

	it("has failed calls bounded by themselves, with their cause", async () => {
		await begin();
		const token = await server.adminToken();
		await refused(100, () => "203.0.113.1");
		server.store.failWith(() => new StoreUnavailable("away, on purpose"));
		for (let call = 0; call < 70; call++) {
			const headers = { "X-Forwarded-For": "203.0.113.1" };
			expect((await server.call("GET", "/v1/workspaces", { token, headers, agent })).status).toBe(503);
		}
		server.store.failWith(() => new Error("a bug, on purpose"));
		await server.call("GET", "/v1/workspaces", { token, headers: { "X-Forwarded-For": "203.0.113.1" } });
		server.store.failWith(undefined);
		expect(lines("call failed")).toHaveLength(61);
		expect(lines("database out of reach")).toHaveLength(60);
		expect(lines("bug")).toHaveLength(1);
		server.app.flushSuppressedLog();
		expect(lines("more calls failed")).toMatchObject([
			{ level: 40, address: "203.0.113.1", calls: 10, codes: { unavailable: 10 } },
		]);
	});

	it("is told of when the server ends", async () => {
		await begin();
		await refused(61, () => "203.0.113.1");
		await server.app.close(0);
		expect(lines("more calls refused")).toMatchObject([{ calls: 1 }]);
	});

	it("is logged line by line for who asked for debug", async () => {
		await begin({ logLevel: "debug" });
		await refused(70, () => "203.0.113.1");
		expect(lines("call refused")).toHaveLength(70);
		server.app.flushSuppressedLog();
		expect(lines("more calls refused")).toEqual([]);
	});

	it("says nothing where refused calls are not logged", async () => {
		await begin({ logLevel: "warn" });
		await refused(70, () => "203.0.113.1");
		server.app.flushSuppressedLog();
		expect(server.logs).toEqual([]);
	});
});
