import type { Endpoint } from "../../shared/endpoint.js";
import { type EndpointName, endpoints } from "../../shared/endpoints/index.js";
import { everyCall, make, newSite, type Site } from "../accounts/everyCall.js";
import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { codeOf, newCredentials, setUp } from "../support/person.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";
import { expectContract } from "./contractResponse.js";

const clock = new FakeClock();
const server = useServer({ clock });
let admin: string;
let home: Fixture;

beforeAll(async () => {
	admin = await server.adminToken();
});
beforeEach(async () => {
	home = await server.fixture();
});

function manage(method: string, path: string, body?: unknown): Promise<TestResponse> {
	return server.call(method, path, { token: admin, body });
}
const workspacePath = () => `/v1/workspaces/${home.workspace.id}`;
const placePath = () => `${workspacePath()}/places/${home.place.id}`;
const keyPath = () => `/v1/keys/${home.key.id}`;

/** Requests that use every field, or are about something that has happened. */
const granted = {
	verify: () => server.verify(home.token, home.place.id),
	"keys.introspect": async () => {
		const { token } = await server.key(home.workspace.id, { kind: "service", scopes: ["keys.introspect"] });
		const body = { token: home.token, placeId: home.place.id };
		return server.call("POST", "/v1/keys/introspect", { token, body });
	},
	"workspaces.create": () =>
		manage("POST", "/v1/workspaces", { name: "Tycoon", placeProof: "claimed", idleDays: 30, maxKeys: 5 }),
	"workspaces.list": () => manage("GET", "/v1/workspaces"),
	"workspaces.get": () => manage("GET", workspacePath()),
	"workspaces.change": () => manage("PATCH", workspacePath(), { name: "Renamed", idleDays: 90 }),
	"workspaces.delete": async () => {
		await manage("POST", `${keyPath()}/revoke`);
		return manage("DELETE", workspacePath());
	},
	"places.list": () => manage("GET", `${workspacePath()}/places`),
	"places.put": () => manage("PUT", `${workspacePath()}/places/9223372036854775807`, { name: "Largest" }),
	"places.change": () => manage("PATCH", placePath(), { status: "inactive" }),
	"places.delete": () => manage("DELETE", placePath()),
	"keys.create": () =>
		manage("POST", `${workspacePath()}/keys`, {
			name: "Everything",
			description: "All fields",
			kind: "game",
			scopes: ["bans.read", "shop.write"],
			placeIds: [home.place.id, 42],
			allowedIps: ["127.0.0.0/8", "2001:db8::/32"],
			expiresAt: new Date(clock.now() + 60_000).toISOString(),
			rateLimit: { limit: 10, windowSeconds: 1 },
			quota: { limit: 1000, period: "month" },
		}),
	"keys.list": () => manage("GET", `${workspacePath()}/keys`),
	"keys.get": () => manage("GET", keyPath()),
	"keys.change": () => manage("PATCH", keyPath(), { description: "Changed", scopes: ["*"] }),
	"keys.disable": () => manage("POST", `${keyPath()}/disable`),
	"keys.enable": () => manage("POST", `${keyPath()}/enable`),
	"keys.revoke": () => manage("POST", `${keyPath()}/revoke`),
	"keys.rotate": () => manage("POST", `${keyPath()}/rotate`, { overlapSeconds: 60 }),
	"keys.delete": async () => {
		await manage("POST", `${keyPath()}/revoke`);
		return manage("DELETE", keyPath());
	},
	"audit.list": () => manage("GET", `${workspacePath()}/audit`),
	"audit.export": () => manage("GET", `${workspacePath()}/audit/export`),
	"usage.get": async () => {
		await server.verify(home.token, home.place.id);
		await server.app.writeUsage();
		return manage("GET", `${workspacePath()}/usage`);
	},
	"activity.get": async () => {
		await server.verify(home.token, home.place.id);
		await server.app.writeUsage();
		return manage("GET", `${workspacePath()}/activity?span=hour`);
	},
	"denials.list": async () => {
		await server.verify(home.token, "9223372036854775807", { body: { placeId: 7 } });
		await server.verify(home.token, "1");
		await server.app.writeUsage();
		return manage("GET", `${workspacePath()}/denials`);
	},
} satisfies { readonly [N in EndpointName]?: () => Promise<TestResponse> };

describe("every endpoint of the contract", () => {
	let site: Site;
	beforeAll(async () => {
		site = await newSite(clock);
	});
	afterAll(() => site.server.close());

	it.each(Object.keys(endpoints) as EndpointName[])("%s responds as its contract says", async (name) => {
		const endpoint: Endpoint = endpoints[name];
		const prepared = await everyCall[name](site, site.operator);
		const { headers } = prepared.person ?? site.operator;
		const service = { kind: "service", scopes: ["keys.introspect"] } as const;
		const proof = {
			public: async () => ({}),
			session: async () => ({ headers }),
			admin: async () => ({ headers }),
			game: async () => ({ token: site.home.token }),
			service: async () => ({ token: (await site.server.key(site.home.workspace.id, service)).token }),
		};
		const response = await make(endpoint, site, prepared, await proof[endpoint.caller]());
		await prepared.server?.close();
		expectContract(endpoint, response);
	});

	it.each(Object.keys(granted) as (keyof typeof granted)[])(
		"%s does so with every field too",
		async (name) => {
			expectContract(endpoints[name], await granted[name]());
		},
	);
});

describe("a 201 response", () => {
	it("has a Location in every endpoint's contract, and no other response has", () => {
		for (const { name, status, location } of Object.values(endpoints) as Endpoint[]) {
			expect([name, location !== undefined]).toEqual([name, status === 201]);
		}
	});

	it("says where the new record is, relative to the request, whatever path a proxy adds", async () => {
		const owner = await setUp(server);
		const invited = await owner.call("POST", `${workspacePath()}/invitations`, { body: { role: "viewer" } });
		const code = codeOf(invited.body.link);
		const body = { code, ...newCredentials() };
		const scopes: string[] = [];
		const made: [string, TestResponse, (answer: TestResponse) => string][] = [
			["/v1/workspaces", await granted["workspaces.create"](), ({ body }) => `/v1/workspaces/${body.id}`],
			[`${workspacePath()}/keys`, await granted["keys.create"](), ({ body }) => `/v1/keys/${body.id}`],
			[
				"/v1/account/keys",
				await owner.call("POST", "/v1/account/keys", { body: { name: "Script", scopes } }),
				({ body }) => `/v1/account/keys/${body.id}`,
			],
			[`${workspacePath()}/invitations`, invited, ({ body }) => `${workspacePath()}/invitations/${body.id}`],
			[
				"/v1/invitations/accept",
				await server.call("POST", "/v1/invitations/accept", { body }),
				() => "/v1/account",
			],
			[
				"/v1/session",
				await server.call("POST", "/v1/session", { body: { name: body.name, password: body.password } }),
				() => "/v1/session",
			],
		];
		for (const [path, answer, where] of made) {
			expect([path, answer.status]).toEqual([path, 201]);
			const { location = "" } = answer.headers;
			expect(new URL(location, `https://example.com${path}`).pathname).toBe(where(answer));
			const prefixed = new URL(location, `https://example.com/placelock${path}`);
			expect(prefixed.pathname).toBe(`/placelock${where(answer)}`);
		}
		const { location = "" } = made[1]?.[1].headers ?? {};
		const created = await manage("GET", new URL(location, `https://example.com${made[1]?.[0]}`).pathname);
		expect(created.body.name).toBe("Everything");
	});

	it("says so to a request with a slash at the end as well", async () => {
		const { headers, body } = await manage("POST", "/v1/workspaces/", { name: "Slash" });
		const { pathname } = new URL(headers.location ?? "", "https://example.com/v1/workspaces/");
		expect(pathname).toBe(`/v1/workspaces/${body.id}`);
	});
});

describe("verify", () => {
	it("returns the workspace, key and place, and how long to rely on them", async () => {
		const { body } = await granted.verify();
		expect(body).toEqual({
			workspace: { id: home.workspace.id, name: home.workspace.name },
			key: { id: home.key.id, name: home.key.name, scopes: [] },
			place: { id: home.place.id, name: "Lobby", proof: "header" },
			cacheSeconds: 60,
			serverTime: new Date(clock.now()).toISOString(),
		});
	});

	it("does not let its response be relied on past the key's expiry", async () => {
		const { token } = await server.key(home.workspace.id, { expiresAt: clock.now() + 12_900 });
		const { body } = await server.verify(token, home.place.id);
		expect(body.cacheSeconds).toBe(12);
		expect(body.key.expiresAt).toBe(new Date(clock.now() + 12_900).toISOString());
	});

	it("accepts IDs as numbers and as text, and ignores unknown fields", async () => {
		for (const placeId of [Number(home.place.id), home.place.id]) {
			const body = { placeId, universeId: 7, placeVersion: 3, jobId: "", fromTheFuture: { deep: [1] } };
			expect((await server.verify(home.token, home.place.id, { body })).status).toBe(200);
		}
	});

	it("accepts an empty Luau table, which Roblox encodes as a list, as a body", async () => {
		expect((await server.verify(home.token, home.place.id, { body: "[]" })).status).toBe(200);
	});
});

describe("managing a workspace", () => {
	it("changes the given fields, clears those that are null, and leaves the rest", async () => {
		const { body: made } = await granted["workspaces.create"]();
		const path = `/v1/workspaces/${made.id}`;
		const { body: changed } = await manage("PATCH", path, {
			placeProof: null,
			idleDays: null,
			maxKeys: null,
		});
		const { placeProof: _, idleDays: __, ...rest } = made;
		expect(changed).toEqual({ ...rest, updatedAt: changed.updatedAt });
		expect((await manage("GET", path)).body).toEqual(changed);
	});

	it("is not deleted while it has a key that is not revoked", async () => {
		const rejected = await manage("DELETE", workspacePath());
		expect(rejected.body.code).toBe("workspace_has_keys");
		expect((await manage("GET", workspacePath())).status).toBe(200);
		await granted["workspaces.delete"]();
		expect((await manage("GET", workspacePath())).body.code).toBe("not_found");
		expect((await server.verify(home.token, home.place.id)).body.code).toBe("key_unknown");
	});
});

describe("managing places", () => {
	it("puts a place twice with one outcome, keeping the time it was first allowed", async () => {
		const path = `${workspacePath()}/places/55`;
		const { body: first } = await manage("PUT", path, { name: "Arena" });
		clock.advance(1_000);
		const { body: second } = await manage("PUT", path, {});
		expect(first).toMatchObject({ id: "55", name: "Arena", status: "active" });
		expect(second).toEqual({
			id: "55",
			status: "active",
			createdAt: first.createdAt,
			updatedAt: new Date(clock.now()).toISOString(),
		});
	});

	it("clears a name with null", async () => {
		const { body } = await manage("PATCH", placePath(), { name: null });
		expect(body).not.toHaveProperty("name");
		expect(body.status).toBe("active");
	});

	it("immediately denies game servers of a place that was deactivated or removed", async () => {
		const verify = async () => (await server.verify(home.token, home.place.id)).body.code ?? "ok";
		expect(await verify()).toBe("ok");
		await manage("PATCH", placePath(), { status: "inactive" });
		expect(await verify()).toBe("place_inactive");
		await manage("PATCH", placePath(), { status: "active" });
		expect(await verify()).toBe("ok");
		await manage("DELETE", placePath());
		expect(await verify()).toBe("place_not_allowed");
		await manage("PUT", placePath(), {});
		expect(await verify()).toBe("ok");
	});

	it.each(["0", "01", "-1", "1.5", "abc", "9223372036854775808"])(
		"refuses %s as the id of a place",
		async (id) => {
			const { body } = await manage("PUT", `${workspacePath()}/places/${id}`, {});
			expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "placeId" }] });
		},
	);
});

describe("managing keys", () => {
	it("returns the token only once, when the key is created", async () => {
		const { body } = await granted["keys.create"]();
		const { token, ...record } = body;
		expect(token.startsWith(record.tokenStart)).toBe(true);
		const shown = [
			(await manage("GET", `/v1/keys/${body.id}`)).text,
			(await manage("GET", `${workspacePath()}/keys`)).text,
			(await manage("PATCH", `/v1/keys/${body.id}`, { name: "Renamed" })).text,
			(await manage("POST", `/v1/keys/${body.id}/disable`)).text,
		].join();
		expect(shown).toContain(record.tokenStart);
		expect(shown).not.toContain(token.slice(record.tokenStart.length));
		expect(JSON.stringify(await server.store.audit.list({ limit: 100 }))).not.toContain(
			token.slice(record.tokenStart.length),
		);
	});

	it("clears fields that are null, and leaves the rest", async () => {
		const { body: made } = await granted["keys.create"]();
		const { body: changed } = await manage("PATCH", `/v1/keys/${made.id}`, {
			description: null,
			expiresAt: null,
			rateLimit: null,
			quota: null,
			name: null,
			scopes: null,
			placeIds: null,
			allowedIps: null,
		});
		const { description: _, expiresAt: __, rateLimit: ___, quota: ____, token: _____, ...rest } = made;
		expect(changed).toEqual({ ...rest, updatedAt: changed.updatedAt });
	});

	it("reports everything that is wrong with a key together", async () => {
		const { body } = await manage("POST", `${workspacePath()}/keys`, {
			name: "Wrong",
			kind: "service",
			scopes: ["bans.raed", "shop.write"],
			placeIds: ["1"],
			allowedIps: ["10.0.0.0/8", "10.1", "::1/129"],
			expiresAt: new Date(clock.now()).toISOString(),
		});
		expect(body.code).toBe("validation_failed");
		expect(body.errors.map((error: { path: string }) => error.path)).toEqual([
			"scopes.0",
			"placeIds",
			"allowedIps.1",
			"allowedIps.2",
			"expiresAt",
		]);
	});

	it("rejects a name of a key that is not revoked, in any case, and accepts it once that key is revoked", async () => {
		const create = (name: string) =>
			manage("POST", `${workspacePath()}/keys`, { name, kind: "game", scopes: [] });
		const { body: first } = await create("Straße");
		expect((await create("STRASSE")).body.code).toBe("name_taken");
		await manage("POST", `/v1/keys/${first.id}/revoke`);
		expect((await create("STRASSE")).status).toBe(201);
	});

	it("neither shows nor manages admin keys", async () => {
		const { body: listed } = await manage("GET", `${workspacePath()}/keys`);
		expect(listed.data.map((key: { id: string }) => key.id)).toEqual([home.key.id]);
		const adminKeyId = admin.slice("plk_adm_".length, "plk_adm_".length + 12);
		for (const call of [
			() => manage("GET", `/v1/keys/${adminKeyId}`),
			() => manage("POST", `/v1/keys/${adminKeyId}/revoke`),
		]) {
			expect((await call()).body.code).toBe("not_found");
		}
	});

	it("reports when, where and from which address a key was last used, once that is written", async () => {
		await server.verify(home.token, home.place.id);
		await server.app.writeUsage();
		const at = new Date(clock.now()).toISOString();
		const use = { lastUsedAt: at, lastUse: { at, placeId: home.place.id, address: "127.0.0.1" } };
		expect((await manage("GET", keyPath())).body).toMatchObject(use);
		const { body } = await manage("GET", `${workspacePath()}/keys`);
		expect(body.data[0]).toMatchObject(use);
		expect((await manage("POST", `${keyPath()}/rotate`, {})).body).toMatchObject(use);
	});
});

describe("fields that are not in the contract", () => {
	it("are rejected by management endpoints, in bodies and queries, by name", async () => {
		const inBody = await manage("POST", "/v1/workspaces", { name: "A", idledays: 3 });
		expect(inBody.body.errors).toEqual([{ path: "idledays", message: "is not a field of this endpoint" }]);
		const nested = await manage("PATCH", keyPath(), { rateLimit: { limit: 1, windowSeconds: 1, burst: 2 } });
		expect(nested.body.errors).toEqual([
			{ path: "rateLimit.burst", message: "is not a field of this endpoint" },
		]);
		const inQuery = await manage("GET", "/v1/workspaces?limt=3");
		expect(inQuery.body.errors).toEqual([{ path: "limt", message: "is not a field of this endpoint" }]);
		const withoutQuery = await manage("GET", `${workspacePath()}?limit=3`);
		expect(withoutQuery.body.code).toBe("validation_failed");
	});

	it("are ignored by game endpoints, in bodies and queries", async () => {
		const response = await server.call("POST", "/v1/verify?x=1&x=2", {
			token: home.token,
			robloxId: home.place.id,
			body: { x: null, __proto__: 1, constructor: 2 },
		});
		expect(response.status).toBe(200);
	});

	it("never make the server fail, whatever their names", async () => {
		for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
			const body = `{"name":"A","${name}":1}`;
			expect((await manage("POST", "/v1/workspaces", body)).body.code).toBe("validation_failed");
			expect((await manage("GET", `/v1/workspaces?${name}=1`)).body.code).toBe("validation_failed");
		}
	});
});

describe("responses without a body", () => {
	it("are sent to HEAD, with the headers of GET", async () => {
		for (const path of ["/livez", "/readyz", "/v1/workspaces"]) {
			const get = await manage("GET", path);
			const head = await manage("HEAD", path);
			expect([head.status, head.text]).toEqual([get.status, ""]);
			expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
		}
	});

	it("list the methods of a path for OPTIONS and for unsupported methods", async () => {
		const options = await server.call("OPTIONS", keyPath());
		expect([options.status, options.headers.allow]).toEqual([204, "GET, HEAD, PATCH, DELETE, OPTIONS"]);
		const rejected = await manage("PUT", keyPath(), {});
		expect([rejected.status, rejected.headers.allow]).toEqual([405, "GET, HEAD, PATCH, DELETE, OPTIONS"]);
	});

	it("never redirect", async () => {
		for (const path of ["/v1/verify/", "/v1//verify", "//v1/verify", "/V1/verify"]) {
			const { status, headers } = await server.call("POST", path, { token: home.token, body: {} });
			expect(Math.floor(status / 100)).not.toBe(3);
			expect(headers.location).toBeUndefined();
		}
	});
});
