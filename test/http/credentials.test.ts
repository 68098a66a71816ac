import { exchange } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

describe("the token of a request", () => {
	const server = useServer();
	let home: Fixture;
	beforeAll(async () => {
		home = await server.fixture();
	});

	async function outcome(headers: Record<string, string | string[]>, path = "/v1/verify"): Promise<string> {
		const { body } = await server.call("POST", path, { headers, robloxId: home.place.id, body: {} });
		return body.code ?? "ok";
	}

	it("is read from Authorization: Bearer, whatever the case of the scheme", async () => {
		for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer  "]) {
			expect(await outcome({ authorization: `${scheme} ${home.token}` })).toBe("ok");
		}
	});

	it("is read from X-API-Key", async () => {
		expect(await outcome({ "x-api-key": home.token })).toBe("ok");
	});

	it("may be sent in both headers if it is the same", async () => {
		expect(await outcome({ authorization: `Bearer ${home.token}`, "x-api-key": home.token })).toBe("ok");
	});

	it("is ambiguous if two different ones are sent, even if one is valid", async () => {
		const authorization = `Bearer ${home.token}`;
		expect(await outcome({ authorization, "x-api-key": `${home.token}x` })).toBe("auth_ambiguous");
		expect(await outcome({ authorization: "Bearer other", "x-api-key": home.token })).toBe("auth_ambiguous");
		expect(await outcome({ authorization: "Basic dTpw", "x-api-key": home.token })).toBe("auth_ambiguous");
	});

	it("is ambiguous if one header is sent twice with different tokens, but not with the same", async () => {
		const twice = async (name: string, first: string, second: string) => {
			const head = `POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nRoblox-Id: ${home.place.id}\r\nContent-Length: 0\r\n`;
			const response = await exchange(server.port, [
				`${head}${name}: ${first}\r\n${name}: ${second}\r\n\r\n`,
			]);
			return /"code":"(\w+)"/.exec(response)?.[1] ?? "ok";
		};
		expect(await twice("Authorization", `Bearer ${home.token}`, "Bearer other")).toBe("auth_ambiguous");
		expect(await twice("Authorization", `Bearer ${home.token}`, `Bearer ${home.token}`)).toBe("ok");
		expect(await twice("X-API-Key", home.token, "other")).toBe("auth_ambiguous");
		expect(await twice("x-api-key", home.token, home.token)).toBe("ok");
	});

	it("is read from the other header if one is empty, and missing if both are", async () => {
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

	it("is never read from the URL or the body", async () => {
		expect(await outcome({}, `/v1/verify?token=${home.token}&access_token=${home.token}`)).toBe(
			"auth_missing",
		);
		const body = { token: home.token, access_token: home.token };
		expect((await server.call("POST", "/v1/verify", { body })).body.code).toBe("auth_missing");
	});

	it("is unknown if it is almost right", async () => {
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
