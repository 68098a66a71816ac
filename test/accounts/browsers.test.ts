import type { OutgoingHttpHeaders } from "node:http";
import { errorsOf } from "../../server/http/endpointRules.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { codeOf, newCredentials, type Person, setUp, signIn } from "../support/person.js";
import { type ServerOptions, startServer } from "../support/server.js";
import { useServer } from "../support/useServer.js";

/** A server with one account, and the cookie it sets on sign-in. */
async function cookieSet(settings: ServerOptions["settings"], headers: OutgoingHttpHeaders = {}) {
	const server = await startServer({ settings });
	const body = { code: await server.setupCode(), ...newCredentials() };
	const response = await server.call("POST", "/v1/setup", { body, headers });
	await server.close();
	expect(response.status).toBe(201);
	return response.headers["set-cookie"]?.[0]?.replace(/=[0-9A-Za-z]{43};/, "=<token>;");
}

const plain = "placelock_session=<token>; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax";
const secure = `__Host-${plain}; Secure`;

describe("the session's cookie", () => {
	const byHttps = { "x-forwarded-proto": "https" };
	const https = { publicUrl: "https://keys.example.com" };
	const proxied = { trustedProxies: ["127.0.0.1"] };

	it.each<[string, ServerOptions["settings"], OutgoingHttpHeaders, string]>([
		["as it is without https", {}, {}, plain],
		["held to https by PUBLIC_URL", https, {}, secure],
		["held to https by a trusted proxy", proxied, byHttps, secure],
		["not held to it by a proxy that is not trusted", {}, byHttps, plain],
		["held to it by PUBLIC_URL, whatever a stranger says", https, { "x-forwarded-proto": "http" }, secure],
		[
			"as a trusted proxy says, where PUBLIC_URL says otherwise",
			{ ...https, ...proxied },
			{ "x-forwarded-proto": "http" },
			plain,
		],
	])("is %s", async (_title, settings, headers, expected) => {
		expect(await cookieSet(settings, headers)).toBe(expected);
	});
});

describe("behind https", () => {
	const server = useServer({ settings: { publicUrl: "https://keys.example.com" } });
	let person: Person;
	beforeAll(async () => {
		person = await setUp(server);
	});

	it("ignores a cookie without the prefix: a neighbouring site could have set it", async () => {
		const token = person.cookie.slice(person.cookie.indexOf("=") + 1);
		const status = async (cookie: string) =>
			(await server.call("GET", "/v1/session", { headers: { cookie } })).status;
		expect(await status(`placelock_session=${token}`)).toBe(401);
		expect(await status(`placelock_session=made-up; ${person.cookie}; other=1`)).toBe(200);
	});

	it("creates links that start with PUBLIC_URL and have their code in the fragment", async () => {
		const { body } = await person.call("POST", `/v1/accounts/${person.id}/reset`);
		expect(body.link).toMatch(/^https:\/\/keys\.example\.com\/reset#[0-9A-Za-z]{43}$/);
	});

	it("accepts requests of pages at PUBLIC_URL, whatever a proxy does to the Host header", async () => {
		const headers = { origin: "https://keys.example.com", host: "127.0.0.1:8080" };
		expect((await person.call("PATCH", "/v1/account", { headers, body: {} })).status).toBe(200);
	});
});

describe("a request made by a browser", () => {
	const server = useServer();
	let person: Person;
	beforeAll(async () => {
		person = await setUp(server);
	});

	const foreign: [string, () => OutgoingHttpHeaders][] = [
		["another site's page", () => ({ "sec-fetch-site": "cross-site" })],
		["a neighbouring site's page", () => ({ "sec-fetch-site": "same-site" })],
		["a page of another origin, in an old browser", () => ({ origin: "https://evil.example" })],
		["a page of another port", () => ({ origin: "http://127.0.0.1:1" })],
		["a page without an origin", () => ({ origin: "null" })],
		["a page whose origin is nonsense", () => ({ origin: "%%" })],
	];
	const own: [string, () => OutgoingHttpHeaders][] = [
		["the dashboard's page", () => ({ "sec-fetch-site": "same-origin", origin: server.origin })],
		["the dashboard's page, in an old browser", () => ({ origin: server.origin })],
		["a person who typed the address", () => ({ "sec-fetch-site": "none" })],
		["a program", () => ({})],
	];
	const signingIn = (headers: OutgoingHttpHeaders) => {
		const { name, password } = person;
		return server.call("POST", "/v1/session", { headers, body: { name, password } });
	};

	it.each(foreign)("is rejected for %s", async (_title, headers) => {
		const signIn = await signingIn(headers());
		expect([signIn.status, signIn.body.code, signIn.headers["set-cookie"]]).toEqual([
			403,
			"csrf_failed",
			undefined,
		]);
		const calls: [string, string, unknown][] = [
			["PATCH", "/v1/account", {}],
			["DELETE", "/v1/session", undefined],
			["POST", "/v1/workspaces", { name: "A" }],
		];
		for (const [method, path, body] of calls) {
			const rejected = await person.call(method, path, { headers: headers(), body });
			expect([path, rejected.body.code]).toEqual([path, "csrf_failed"]);
		}
		const all: Endpoint[] = Object.values(endpoints);
		for (const endpoint of all.filter(({ caller, method }) => caller === "public" && method !== "GET")) {
			const rejected = await server.call(endpoint.method, endpoint.path, { headers: headers(), body: {} });
			expect([endpoint.name, rejected.body.code]).toEqual([endpoint.name, "csrf_failed"]);
			expect([endpoint.name, errorsOf(endpoint)]).toEqual([
				endpoint.name,
				expect.arrayContaining(["csrf_failed"]),
			]);
		}
		expect((await person.call("GET", "/v1/session")).status).toBe(200);
	});

	it.each(own)("is accepted for %s", async (_title, headers) => {
		expect((await signingIn(headers())).status).toBe(201);
		expect((await person.call("PATCH", "/v1/account", { headers: headers(), body: {} })).status).toBe(200);
	});

	it("that only reads requires no CSRF token", async () => {
		const { cookie } = person;
		for (const path of ["/v1/session", "/v1/workspaces", "/v1/account/sessions"]) {
			expect((await server.call("GET", path, { headers: { cookie } })).status).toBe(200);
		}
	});

	it("accepts only the CSRF token of its session", async () => {
		const other = await signIn(server, person);
		for (const token of ["", "x", other.csrfToken, `${person.csrfToken}x`, codeOf(person.cookie)]) {
			const headers = { "x-csrf-token": token };
			expect((await person.call("PATCH", "/v1/account", { headers, body: {} })).body.code).toBe(
				"csrf_failed",
			);
		}
	});

	it("is authenticated by its token if it has a session too", async () => {
		const weak = await server.adminToken(["keys.read"]);
		const list = async (token: string) =>
			(await person.call("GET", "/v1/workspaces", { token })).body.code ?? "ok";
		expect(await list(weak)).toBe("scope_missing");
		expect(await list("plk_adm_made-up")).toBe("key_unknown");
		expect(await list(await server.adminToken())).toBe("ok");
		const { cookie } = person;
		const post = (token: string) =>
			server.call("POST", "/v1/workspaces", { token, headers: { cookie }, body: { name: "A" } });
		expect((await post(await server.adminToken())).status).toBe(201);
		expect((await post(weak)).body.code).toBe("scope_missing");
	});

	it("with an unknown cookie is rejected, and counts as a failure of its address", async () => {
		const cookie = `placelock_session=${"a".repeat(43)}`;
		const from = "127.0.0.3";
		const codes = new Set<string>();
		for (let i = 0; i < 61; i++) {
			const { body } = await server.call("GET", "/v1/session", { headers: { cookie }, from });
			codes.add(body.code);
		}
		expect([...codes]).toEqual(["session_expired", "too_many_failures"]);
		const { status } = await server.call("GET", "/v1/session", {
			headers: { cookie: person.cookie },
			from,
		});
		expect(status).toBe(200);
	});
});
