import type { IssuedKey } from "../../server/keys/issueKey.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { expectContract } from "../http/contractResponse.js";
import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

describe("introspecting a token", () => {
	const clock = new FakeClock();
	const server = useServer({ clock });
	let admin: string;
	let home: Fixture;
	let introspecting: IssuedKey;

	beforeAll(async () => {
		admin = await server.adminToken();
	});
	beforeEach(async () => {
		home = await server.fixture({ key: { scopes: ["bans.read"] } });
		introspecting = await server.key(home.workspace.id, { kind: "service", scopes: ["keys.introspect"] });
	});

	const ask = (body: object): Promise<TestResponse> =>
		server.call("POST", "/v1/keys/introspect", { token: introspecting.token, body });
	const manage = (method: string, path: string, body?: unknown) =>
		server.call(method, path, { token: admin, body });

	async function denialOf(body: object): Promise<string> {
		const response = await ask(body);
		expectContract(endpoints["keys.introspect"], response);
		expect(Object.keys(response.body).sort()).toEqual(["active", "code"]);
		expect(response.body.active).toBe(false);
		return response.body.code;
	}

	it("returns the workspace, key and scopes, for a game key in its place", async () => {
		const response = await ask({ token: home.token, placeId: home.place.id, scope: "bans.read" });
		expectContract(endpoints["keys.introspect"], response);
		expect(response.body).toEqual({
			active: true,
			workspace: { id: home.workspace.id, name: home.workspace.name },
			key: { id: home.key.id, kind: "game", status: "active", name: home.key.name, scopes: ["bans.read"] },
			place: { id: home.place.id, name: "Lobby", proof: "header" },
		});
	});

	it("requires no place for a service key", async () => {
		const other = await server.key(home.workspace.id, { kind: "service" });
		const { body } = await ask({ token: other.token });
		expect(body).toMatchObject({ active: true, key: { id: other.key.id, kind: "service" } });
		expect(body).not.toHaveProperty("place");
	});

	it("runs every check of a direct request", async () => {
		const { token } = home;
		const placeId = home.place.id;
		expect(await denialOf({ token })).toBe("place_missing");
		expect(await denialOf({ token, placeId: "1" })).toBe("place_not_allowed");
		expect(await denialOf({ token, placeId, scope: "bans.write" })).toBe("scope_missing");
		await manage("PATCH", `/v1/workspaces/${home.workspace.id}/places/${placeId}`, { status: "inactive" });
		expect(await denialOf({ token, placeId })).toBe("place_inactive");
		await manage("POST", `/v1/keys/${home.key.id}/disable`);
		expect(await denialOf({ token, placeId })).toBe("key_disabled");
		await manage("POST", `/v1/keys/${home.key.id}/revoke`);
		expect(await denialOf({ token, placeId })).toBe("key_revoked");
		const dying = await server.key(home.workspace.id, { kind: "service", expiresAt: clock.now() + 1 });
		clock.advance(1);
		expect(await denialOf({ token: dying.token })).toBe("key_expired");
	});

	it("reports a token that is being rotated out", async () => {
		const { body: rotated } = await manage("POST", `/v1/keys/${home.key.id}/rotate`, { overlapSeconds: 10 });
		const { body } = await ask({ token: home.token, placeId: home.place.id });
		expect(body.key.rotateBy).toBe(rotated.previousValidUntil);
	});

	it("does not know keys of other workspaces, admin keys, or invented tokens", async () => {
		const stranger = await server.fixture();
		await manage("POST", `/v1/keys/${stranger.key.id}/revoke`);
		for (const token of [stranger.token, admin, "plk_game_made-up", "x", `${home.token}x`]) {
			expect(await denialOf({ token, placeId: stranger.place.id })).toBe("key_unknown");
		}
	});

	it("checks the IP allow-list of a key against the forwarded address", async () => {
		const { token } = await server.key(home.workspace.id, {
			kind: "service",
			allowedIps: ["203.0.113.0/24", "2001:db8::/32"],
		});
		expect(await denialOf({ token })).toBe("ip_not_allowed");
		expect(await denialOf({ token, address: "198.51.100.1" })).toBe("ip_not_allowed");
		for (const address of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::9"]) {
			expect((await ask({ token, address })).body.active).toBe(true);
		}
	});

	it.each(["10.1", "300.1.1.1", "nowhere", "203.0.113.0/24", "::1/64", "1.2.3.4:80"])(
		"refuses %s as an address",
		async (address) => {
			const { body } = await ask({ token: home.token, address });
			expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "address" }] });
		},
	);

	it("counts as a request with the key: rate limit and last use", async () => {
		const { token, key } = await server.key(home.workspace.id, {
			rateLimit: { limit: 1, windowSeconds: 60 },
		});
		const placeId = home.place.id;
		expect((await ask({ token, placeId })).body.active).toBe(true);
		expect(await denialOf({ token, placeId })).toBe("rate_limited");
		await server.app.writeUsage();
		expect(await server.store.usage.lastUse(key.id)).toMatchObject({ at: clock.now(), placeId });
	});

	it("does not count wrong tokens that others presented against the introspecting backend", async () => {
		for (let i = 0; i < 70; i++) await ask({ token: "plk_game_made-up" });
		expect((await ask({ token: home.token, placeId: home.place.id })).body.active).toBe(true);
		expect((await server.verify("wrong", home.place.id)).body.code).toBe("key_unknown");
	});
});
