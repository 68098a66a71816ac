import { exchange } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";

describe("the token of a call", () => {
	let server: TestServer;
	let home: Fixture;
	beforeAll(async () => {
		server = await startServer();
		home = await server.fixture();
	});
	afterAll(() => server.close());

	async function outcome(headers: Record<string, string | string[]>, path = "/v1/verify"): Promise<string> {
		const { body } = await server.call("POST", path, { headers, robloxId: home.place.id, body: {} });
		return body.code ?? "ok";
	}

	it("is taken from Authorization: Bearer, however the scheme is spelt", async () => {
		for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer  "]) {
			expect(await outcome({ authorization: `${scheme} ${home.token}` })).toBe("ok");
		}
	});

	it("is taken from X-API-Key", async () => {
		expect(await outcome({ "x-api-key": home.token })).toBe("ok");
	});

	it("may be sent in both, if it is the same", async () => {
		expect(await outcome({ authorization: `Bearer ${home.token}`, "x-api-key": home.token })).toBe("ok");
	});

	it("is ambiguous when two are sent that differ, even if one of them is good", async () => {
		const authorization = `Bearer ${home.token}`;
		expect(await outcome({ authorization, "x-api-key": `${home.token}x` })).toBe("auth_ambiguous");
		expect(await outcome({ authorization: "Bearer other", "x-api-key": home.token })).toBe("auth_ambiguous");
		expect(await outcome({ authorization: "Basic dTpw", "x-api-key": home.token })).toBe("auth_ambiguous");
	});

	it("is ambiguous when one header comes twice with different tokens, and not when they are the same", async () => {
		const twice = async (name: string, first: string, second: string) => {
			const head = `POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nRoblox-Id: ${home.place.id}\r\nContent-Length: 0\r\n`;
			const answer = await exchange(server.port, [`${head}${name}: ${first}\r\n${name}: ${second}\r\n\r\n`]);
			return /"code":"(\w+)"/.exec(answer)?.[1] ?? "ok";
		};
		expect(await twice("Authorization", `Bearer ${home.token}`, "Bearer other")).toBe("auth_ambiguous");
		expect(await twice("Authorization", `Bearer ${home.token}`, `Bearer ${home.token}`)).toBe("ok");
		expect(await twice("X-API-Key", home.token, "other")).toBe("auth_ambiguous");
		expect(await twice("x-api-key", home.token, home.token)).toBe("ok");
	});

	it("is taken from the other header when one is empty, and missing when both are", async () => {
		expect(await outcome({ authorization: `Bearer ${home.token}`, "x-api-key": "" })).toBe("ok");
		expect(await outcome({ authorization: "", "x-api-key": home.token })).toBe("ok");
		expect(await outcome({ authorization: "", "x-api-key": "" })).toBe("auth_missing");
	});

	it.each(["Basic dTpw", `plk_game_${"a".repeat(50)}`, "Token x", "Bearer", "Bearer ", ""])(
		"is missing when Authorization is %j",
		async (authorization) => {
			expect(await outcome({ authorization })).toBe("auth_missing");
		},
	);

	it("is never taken from the URL or the body", async () => {
		expect(await outcome({}, `/v1/verify?token=${home.token}&access_token=${home.token}`)).toBe(
			"auth_missing",
		);
		const body = { token: home.token, access_token: home.token };
		expect((await server.call("POST", "/v1/verify", { body })).body.code).toBe("auth_missing");
	});

	it("is unknown when it is nearly right", async () => {
		for (const near of [
			`${home.token} `.repeat(2),
			` ${home.token}x`,
			home.token.slice(0, -1),
			home.token.toUpperCase(),
			`${home.token.slice(0, -1)}\u00e9`,
			"x".repeat(5_000),
		]) {
			expect(await outcome({ "x-api-key": near })).toBe("key_unknown");
		}
	});
});
