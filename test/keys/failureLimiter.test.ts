import { Problem } from "../../server/core/problem.js";
import { FailureLimiter } from "../../server/keys/failureLimiter.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServerPerTest } from "../support/useServer.js";

describe("an address that fails too often", () => {
	const clock = new FakeClock();
	const server = useServerPerTest({ clock, settings: { trustedProxies: ["127.0.0.1"] } });
	let home: Fixture;
	beforeEach(async () => {
		home = await server.fixture();
	});

	const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
	const guess = async (address: string, token = "plk_game_guess") =>
		(await server.verify(token, home.place.id, from(address))).body.code;

	async function exhaust(address: string): Promise<void> {
		for (let i = 0; i < 60; i++) expect(await guess(address)).toBe("key_unknown");
		expect(await guess(address)).toBe("too_many_failures");
	}

	it("is told to stop and for how long, without any lookup", async () => {
		await exhaust("203.0.113.7");
		server.store.clearCalls();
		const response = await server.verify("plk_game_guess", home.place.id, from("203.0.113.7"));
		expect(response.status).toBe(429);
		expect(Number(response.headers["retry-after"])).toBeGreaterThanOrEqual(1);
		expect(Number(response.headers["retry-after"])).toBeLessThanOrEqual(61);
		expect(server.store.calls).toEqual([]);
		const silent = await server.call("POST", "/v1/verify", { body: {}, ...from("203.0.113.7") });
		expect(silent.body.code).toBe("too_many_failures");
	});

	it("can still use valid tokens, even those never seen before", async () => {
		await exhaust("203.0.113.7");
		expect((await server.verify(home.token, home.place.id, from("203.0.113.7"))).status).toBe(200);
	});

	it("still gets the real reason for tokens that were once valid", async () => {
		const admin = await server.adminToken();
		await exhaust("203.0.113.7");
		await server.call("POST", `/v1/keys/${home.key.id}/revoke`, { token: admin });
		expect(await guess("203.0.113.7", home.token)).toBe("key_revoked");
		const narrowed = await server.key(home.workspace.id, { placeIds: ["1"] });
		expect(await guess("203.0.113.7", narrowed.token)).toBe("place_not_allowed");
	});

	it("does not affect its neighbours", async () => {
		await exhaust("203.0.113.7");
		expect(await guess("203.0.113.8")).toBe("key_unknown");
	});

	it("is a whole /64 in IPv6, which one subscriber has", async () => {
		await exhaust("2001:db8:1:2::1");
		expect(await guess("2001:db8:1:2:ffff::9")).toBe("too_many_failures");
		expect(await guess("2001:db8:1:3::1")).toBe("key_unknown");
	});

	it("is not slowed by denials of real tokens", async () => {
		for (let i = 0; i < 70; i++) await server.verify(home.token, "1", from("203.0.113.7"));
		expect(await guess("203.0.113.7")).toBe("key_unknown");
	});

	it("may try again after a minute", async () => {
		await exhaust("203.0.113.7");
		clock.advance(61_000);
		expect(await guess("203.0.113.7")).toBe("key_unknown");
	});
});

describe("the failure limiter's memory", () => {
	it("holds a limited number of addresses and drops those that failed longest ago", () => {
		const limiter = new FailureLimiter(new FakeClock());
		const problem = new Problem("key_unknown");
		const fail = (address: string) => limiter.countFailure(address, problem).code;
		for (let i = 0; i < 61; i++) fail("203.0.113.7");
		expect(fail("203.0.113.7")).toBe("too_many_failures");
		for (let i = 0; i < 50_000; i++) fail(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
		expect(fail("203.0.113.7")).toBe("key_unknown");
	});
});
