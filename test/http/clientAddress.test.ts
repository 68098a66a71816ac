import type { TestServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";

describe("the address a request comes from", () => {
	const direct = useServer();
	const proxied = useServer({ settings: { trustedProxies: ["127.0.0.1", "10.0.0.0/8", "fd00::/8"] } });

	/** The address the server saw, from its log. */
	async function seen(server: TestServer, forwardedFor?: string | string[], from?: string): Promise<unknown> {
		const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
		const { headers: answered } = await server.call("GET", "/livez", { headers, from });
		return server.logs.find((line) => line.requestId === answered["x-request-id"])?.address;
	}

	it("is the socket's when no proxy is trusted, whatever X-Forwarded-For says", async () => {
		expect(await seen(direct)).toBe("127.0.0.1");
		expect(await seen(direct, "203.0.113.7")).toBe("127.0.0.1");
	});

	it("is the socket's when that is not a trusted proxy", async () => {
		expect(await seen(proxied, "203.0.113.7", "127.0.0.2")).toBe("127.0.0.2");
	});

	it.each<[string, string | string[], string]>([
		["the only address", "203.0.113.7", "203.0.113.7"],
		[
			"the rightmost, for what stands further left anyone could have written",
			"1.1.1.1, 203.0.113.7",
			"203.0.113.7",
		],
		["the rightmost that is not trusted itself", "1.1.1.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"],
		["the leftmost when all are trusted", "10.9.9.9, 10.1.2.3", "10.9.9.9"],
		["found over several headers", ["1.1.1.1", "203.0.113.7, 10.0.0.1"], "203.0.113.7"],
		["IPv6", "2001:0DB8:0::7", "2001:db8::7"],
		["IPv6 behind a trusted IPv6 proxy", "2001:db8::7, fd00::1", "2001:db8::7"],
		["IPv4 in IPv6 clothing, undressed", "::ffff:203.0.113.7", "203.0.113.7"],
		["without its port", "203.0.113.7:4711", "203.0.113.7"],
		["without its port and brackets", "[2001:db8::7]:4711", "2001:db8::7"],
		["not what stands left of something unreadable", "203.0.113.7, unknown", "unknown"],
		["the proxy's when the header is empty", "", "127.0.0.1"],
	])("behind a trusted proxy is %s", async (_title, forwardedFor, address) => {
		expect(await seen(proxied, forwardedFor)).toBe(address);
	});

	it.each<[readonly string[], string, boolean]>([
		[["203.0.113.7"], "203.0.113.7", true],
		[["203.0.113.7"], "203.0.113.8", false],
		[["203.0.113.0/24"], "203.0.113.255", true],
		[["203.0.113.0/24"], "203.0.114.0", false],
		[["0.0.0.0/0"], "8.8.8.8", true],
		[["0.0.0.0/0"], "2001:db8::1", false],
		[["2001:db8::/32"], "2001:db8:ffff::1", true],
		[["2001:db8::/32"], "2001:db9::1", false],
		[["::ffff:203.0.113.7"], "203.0.113.7", true],
		[["203.0.113.7"], "::ffff:203.0.113.7", true],
		[["198.51.100.1", "2001:db8::1"], "2001:db8::1", true],
		[["203.0.113.7"], "unknown", false],
	])("decides about a key that is allowed from %j: %s is %s", async (allowedIps, address, good) => {
		const home = await proxied.fixture({ key: { allowedIps } });
		const headers = { "x-forwarded-for": address };
		const { body } = await proxied.verify(home.token, home.place.id, { headers });
		expect(body.code ?? "ok").toBe(good ? "ok" : "ip_not_allowed");
	});

	it("cannot be forged to pass a key's allow-list", async () => {
		const home = await direct.fixture({ key: { allowedIps: ["203.0.113.7"] } });
		for (const name of ["x-forwarded-for", "x-real-ip", "forwarded", "true-client-ip", "cf-connecting-ip"]) {
			const headers = { [name]: name === "forwarded" ? "for=203.0.113.7" : "203.0.113.7" };
			const { body } = await direct.verify(home.token, home.place.id, { headers });
			expect(body.code).toBe("ip_not_allowed");
		}
	});
});
