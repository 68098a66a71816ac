import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";

const second = 1_000;
const day = 86_400 * second;
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

const manage = (method: string, path: string, body?: unknown): Promise<TestResponse> =>
	server.call(method, path, { token: admin, body });
const keyCall = (what: string, body?: unknown) => manage("POST", `/v1/keys/${home.key.id}/${what}`, body);

async function outcome(token = home.token): Promise<string> {
	const { body } = await server.verify(token, home.place.id);
	return body.code ?? "ok";
}

describe("rotating a key", () => {
	it("gives the same key a new token, and accepts the previous one until the very end of the overlap", async () => {
		const { body: rotated } = await keyCall("rotate", { overlapSeconds: 60 });
		expect(rotated).toMatchObject({ id: home.key.id, status: "active" });
		expect(rotated.token).not.toBe(home.token);
		expect(rotated.previousValidUntil).toBe(new Date(clock.now() + 60 * second).toISOString());

		const { body: byOld } = await server.verify(home.token, home.place.id);
		expect(byOld.key.rotateBy).toBe(rotated.previousValidUntil);
		expect(byOld.cacheSeconds).toBe(60);
		const { body: byNew } = await server.verify(rotated.token, home.place.id);
		expect(byNew.key).not.toHaveProperty("rotateBy");

		clock.advance(60 * second - 1);
		expect([await outcome(), await outcome(rotated.token)]).toEqual(["ok", "ok"]);
		expect((await server.verify(home.token, home.place.id)).body.cacheSeconds).toBe(0);
		clock.advance(1);
		expect([await outcome(), await outcome(rotated.token)]).toEqual(["token_rotated", "ok"]);
		expect((await manage("GET", `/v1/keys/${home.key.id}`)).body).not.toHaveProperty("previousValidUntil");
	});

	it("ends the old token immediately with an overlap of 0", async () => {
		const { body } = await keyCall("rotate", { overlapSeconds: 0 });
		expect([await outcome(), await outcome(body.token)]).toEqual(["token_rotated", "ok"]);
		expect(body).not.toHaveProperty("previousValidUntil");
	});

	it("ends the old token without an overlap, wherever a clock is behind", async () => {
		await keyCall("rotate", { overlapSeconds: 0 });
		clock.set(clock.now() - 20_000);
		expect(await outcome()).toBe("token_rotated");
		expect((await manage("GET", `/v1/keys/${home.key.id}`)).body).not.toHaveProperty("previousValidUntil");
		clock.set(clock.now() + 20_000);
	});

	it("overlaps a day by default, and 30 days at most", async () => {
		const { body } = await keyCall("rotate", {});
		expect(body.previousValidUntil).toBe(new Date(clock.now() + day).toISOString());
		clock.advance(day);
		expect((await keyCall("rotate", { overlapSeconds: 30 * 86_400 })).status).toBe(200);
		for (const overlapSeconds of [30 * 86_400 + 1, -1, 0.5, "60"]) {
			expect((await keyCall("rotate", { overlapSeconds })).body.code).toBe("validation_failed");
		}
	});

	it("keeps its promise to the old token: a second rotation during the overlap is rejected", async () => {
		const { body: first } = await keyCall("rotate", { overlapSeconds: 60 });
		const { body: second } = await keyCall("rotate", { overlapSeconds: 60 });
		expect(second.code).toBe("rotation_overlap");
		expect(second.detail).toContain(first.previousValidUntil);
		expect([await outcome(), await outcome(first.token)]).toEqual(["ok", "ok"]);
	});

	it("succeeds during an overlap if it ends all older tokens immediately", async () => {
		const { body: first } = await keyCall("rotate", { overlapSeconds: 60 });
		const { body: newest } = await keyCall("rotate", { overlapSeconds: 0 });
		const outcomes = [await outcome(), await outcome(first.token), await outcome(newest.token)];
		expect(outcomes).toEqual(["key_unknown", "token_rotated", "ok"]);
	});

	it("leaves the newest and the previous token valid after the overlap", async () => {
		const { body: first } = await keyCall("rotate", { overlapSeconds: 60 });
		clock.advance(60_000);
		const { body: newest } = await keyCall("rotate", { overlapSeconds: 60 });
		const outcomes = [await outcome(), await outcome(first.token), await outcome(newest.token)];
		expect(outcomes).toEqual(["key_unknown", "ok", "ok"]);
	});

	it("returns one token for concurrent rotations: the other callers get an error and no token", async () => {
		const responses = await Promise.all([
			keyCall("rotate", {}),
			keyCall("rotate", {}),
			keyCall("rotate", {}),
		]);
		const tokens = responses.flatMap(({ body }) => (body.token === undefined ? [] : [body.token]));
		const others = responses.filter(({ body }) => body.token === undefined);
		for (const { body } of others) expect(body.code).toMatch(/^rotation_(conflict|overlap)$/);
		expect(await outcome(tokens.at(-1))).toBe("ok");
	});

	it("enables neither a disabled nor a revoked key", async () => {
		await keyCall("disable");
		const { body } = await keyCall("rotate", {});
		expect(body.status).toBe("disabled");
		expect(await outcome(body.token)).toBe("key_disabled");
		await keyCall("revoke");
		expect((await keyCall("rotate", {})).body.code).toBe("key_already_revoked");
	});
});

describe("a key's status", () => {
	it("is disabled and active again immediately", async () => {
		expect(await outcome()).toBe("ok");
		expect((await keyCall("disable")).body.status).toBe("disabled");
		expect((await keyCall("disable")).body.status).toBe("disabled");
		expect(await outcome()).toBe("key_disabled");
		expect((await keyCall("enable")).body.status).toBe("active");
		expect((await keyCall("enable")).body.status).toBe("active");
		expect(await outcome()).toBe("ok");
	});

	it("is revoked permanently: nothing restores the key, and only then can it be deleted", async () => {
		expect((await manage("DELETE", `/v1/keys/${home.key.id}`)).body.code).toBe("key_not_revoked");
		const { body: revoked } = await keyCall("revoke");
		expect(revoked).toMatchObject({ status: "revoked", revokedAt: new Date(clock.now()).toISOString() });
		expect(await outcome()).toBe("key_revoked");
		clock.advance(second);
		expect((await keyCall("revoke")).body.revokedAt).toBe(revoked.revokedAt);
		for (const what of ["enable", "disable", "rotate"]) {
			expect((await keyCall(what, what === "rotate" ? {} : undefined)).body.code).toBe("key_already_revoked");
		}
		const changed = await manage("PATCH", `/v1/keys/${home.key.id}`, { name: "Back" });
		expect(changed.body.code).toBe("key_already_revoked");
		expect(await outcome()).toBe("key_revoked");
		expect((await manage("DELETE", `/v1/keys/${home.key.id}`)).status).toBe(204);
		expect(await outcome()).toBe("key_unknown");
		expect((await manage("DELETE", `/v1/keys/${home.key.id}`)).body.code).toBe("not_found");
	});

	it("takes an expiry in any offset, and returns it in UTC", async () => {
		const to = `/v1/keys/${home.key.id}`;
		const changed = await manage("PATCH", to, { expiresAt: "2999-01-01T00:00:00+02:00" });
		expect(changed.body.expiresAt).toBe("2998-12-31T22:00:00.000Z");
		expect((await manage("GET", to)).body.expiresAt).toBe("2998-12-31T22:00:00.000Z");
		const { body } = await manage("PATCH", to, { expiresAt: "2999-01-01T00:00:00+24:00" });
		expect(body.errors).toEqual([{ path: "expiresAt", message: expect.stringContaining("RFC 3339") }]);
	});

	it("expires at the exact moment, and is active again with a later expiry", async () => {
		const expiresAt = clock.now() + 10 * second;
		await manage("PATCH", `/v1/keys/${home.key.id}`, { expiresAt: new Date(expiresAt).toISOString() });
		clock.advance(10 * second - 1);
		expect(await outcome()).toBe("ok");
		clock.advance(1);
		expect(await outcome()).toBe("key_expired");
		expect((await manage("GET", `/v1/keys/${home.key.id}`)).body.status).toBe("expired");
		await manage("PATCH", `/v1/keys/${home.key.id}`, { expiresAt: null });
		expect(await outcome()).toBe("ok");
	});

	it("is the most final one when several apply", async () => {
		const path = `/v1/keys/${home.key.id}`;
		await manage("PATCH", path, { expiresAt: new Date(clock.now() + 1).toISOString() });
		clock.advance(1);
		await manage("PATCH", `/v1/workspaces/${home.workspace.id}`, { status: "suspended" });
		expect(await outcome()).toBe("key_expired");
		await keyCall("disable");
		expect(await outcome()).toBe("key_disabled");
		await keyCall("revoke");
		expect(await outcome()).toBe("key_revoked");
	});

	it("is idle after the workspace's idle days, counted from the last accepted request", async () => {
		home = await server.fixture({ workspace: { idleDays: 2 } });
		clock.advance(2 * day - 1);
		expect(await outcome()).toBe("ok");
		await server.app.writeUsage();
		clock.advance(2 * day - 1);
		expect((await server.verify(home.token, "1")).body.code).toBe("place_not_allowed");
		clock.advance(1);
		// The denied request does not count as use.
		expect(await outcome()).toBe("key_idle");
		expect((await manage("GET", `/v1/keys/${home.key.id}`)).body.status).toBe("idle");
	});

	it("is no longer idle once the limit is raised or removed, or the key rotated", async () => {
		home = await server.fixture({ workspace: { idleDays: 1 } });
		const workspace = `/v1/workspaces/${home.workspace.id}`;
		clock.advance(day);
		expect(await outcome()).toBe("key_idle");
		await manage("PATCH", workspace, { idleDays: 3 });
		expect(await outcome()).toBe("ok");
		await server.app.writeUsage();
		clock.advance(3 * day);
		expect(await outcome()).toBe("key_idle");
		const { body } = await keyCall("rotate", { overlapSeconds: 60 });
		expect([await outcome(), await outcome(body.token)]).toEqual(["ok", "ok"]);
		await server.app.writeUsage();
		clock.advance(3 * day);
		expect(await outcome(body.token)).toBe("key_idle");
		await manage("PATCH", workspace, { idleDays: null });
		expect(await outcome(body.token)).toBe("ok");
	});
});

describe("a workspace", () => {
	it("that is suspended disables all its keys immediately, until it is active again", async () => {
		const service = await server.key(home.workspace.id, { kind: "service", scopes: ["*"] });
		const introspect = async () =>
			(
				await server.call("POST", "/v1/keys/introspect", {
					token: service.token,
					body: { token: home.token },
				})
			).body.code;
		const suspend = (status: string) => manage("PATCH", `/v1/workspaces/${home.workspace.id}`, { status });
		expect(await outcome()).toBe("ok");
		await suspend("suspended");
		expect([await outcome(), await introspect()]).toEqual(["workspace_suspended", "workspace_suspended"]);
		await suspend("active");
		expect(await outcome()).toBe("ok");
	});
});

describe("scopes", () => {
	const path = "/v1/workspaces";
	const may = async (scopes: string[], method: string, body?: unknown) => {
		const token = await server.adminToken(scopes);
		return (await server.call(method, path, { token, body })).body.code ?? "ok";
	};

	it("grant nothing if there are none", async () => {
		expect(await may([], "GET")).toBe("scope_missing");
		expect(await may([], "POST", { name: "A" })).toBe("scope_missing");
	});

	it("grant what they name, and nothing else", async () => {
		expect(await may(["workspaces.read"], "GET")).toBe("ok");
		expect(await may(["workspaces.read"], "POST", { name: "A" })).toBe("scope_missing");
		expect(await may(["workspaces.write"], "GET")).toBe("scope_missing");
		expect(await may(["keys.read", "keys.write", "places.write"], "GET")).toBe("scope_missing");
	});

	it("grant everything only with a written *", async () => {
		expect(await may(["*"], "POST", { name: "A" })).toBe("ok");
	});

	it("are not required to verify, and are returned as they are", async () => {
		const { token } = await server.key(home.workspace.id, { scopes: ["shop.write", "bans.read"] });
		const { body } = await server.verify(token, home.place.id);
		expect(body.key.scopes).toEqual(["shop.write", "bans.read"]);
	});

	it("do not allow a key of one kind to use endpoints of another", async () => {
		const service = await server.key(home.workspace.id, { kind: "service", scopes: ["*"] });
		const game = await server.key(home.workspace.id, { scopes: ["*"] });
		for (const { token } of [service, game]) {
			expect((await server.call("GET", path, { token })).body.code).toBe("kind_not_allowed");
		}
		const body = { token: home.token };
		for (const token of [game.token, admin]) {
			const response = await server.call("POST", "/v1/keys/introspect", { token, body });
			expect(response.body.code).toBe("kind_not_allowed");
		}
	});
});

describe("limits of a key", () => {
	it("allow their number of requests, and more once the window has passed", async () => {
		const { token } = await server.key(home.workspace.id, { rateLimit: { limit: 3, windowSeconds: 60 } });
		const seen: string[] = [];
		for (let i = 0; i < 4; i++) seen.push(await outcome(token));
		expect(seen).toEqual(["ok", "ok", "ok", "rate_limited"]);
		const { headers } = await server.verify(token, home.place.id);
		expect(headers.ratelimit).toMatch(/^"key";r=0;t=\d+$/);
		clock.advance(Number(headers["retry-after"]) * second);
		expect(await outcome(token)).toBe("ok");
	});

	it("are not consumed by denied requests", async () => {
		const { token } = await server.key(home.workspace.id, {
			rateLimit: { limit: 1, windowSeconds: 60 },
			quota: { limit: 1, period: "day" },
		});
		for (let i = 0; i < 3; i++) {
			expect((await server.verify(token, "1")).body.code).toBe("place_not_allowed");
		}
		expect(await outcome(token)).toBe("ok");
	});

	it("count a quota across writes, and start over with the next day in UTC", async () => {
		clock.set(Date.UTC(2031, 7, 1, 9, 30));
		const { token } = await server.key(home.workspace.id, { quota: { limit: 2, period: "day" } });
		expect([await outcome(token), await outcome(token), await outcome(token)]).toEqual([
			"ok",
			"ok",
			"quota_exceeded",
		]);
		await server.app.writeUsage();
		expect(await outcome(token)).toBe("quota_exceeded");
		const { headers } = await server.verify(token, home.place.id);
		clock.advance(Number(headers["retry-after"]) * second - 1);
		expect(await outcome(token)).toBe("quota_exceeded");
		clock.advance(1);
		expect(new Date(clock.now()).toISOString()).toMatch(/T00:00:00.000Z$/);
		expect(await outcome(token)).toBe("ok");
	});

	it("do not consume the quota for requests that the rate limit denied", async () => {
		const { token } = await server.key(home.workspace.id, {
			rateLimit: { limit: 1, windowSeconds: 1 },
			quota: { limit: 2, period: "month" },
		});
		expect([await outcome(token), await outcome(token)]).toEqual(["ok", "rate_limited"]);
		clock.advance(2 * second);
		expect(await outcome(token)).toBe("ok");
		clock.advance(2 * second);
		expect(await outcome(token)).toBe("quota_exceeded");
	});

	it("are reported together, with the quota's seconds until the end of its month", async () => {
		clock.set(Date.UTC(2031, 1, 28, 23, 59, 30));
		const { token } = await server.key(home.workspace.id, {
			rateLimit: { limit: 5, windowSeconds: 60 },
			quota: { limit: 9, period: "month" },
		});
		const { headers } = await server.verify(token, home.place.id);
		expect(headers["ratelimit-policy"]).toBe(`"key";q=5;w=60, "quota";q=9;w=${28 * 86_400}`);
		expect(headers.ratelimit).toMatch(/^"key";r=4;t=6[01], "quota";r=8;t=30$/);
	});
});

describe("an admin key with few scopes", () => {
	it("cannot grant scopes it lacks, nor get the token of a key that may do more", async () => {
		const token = await server.adminToken(["keys.write"]);
		const keys = `/v1/workspaces/${home.workspace.id}/keys`;
		const attempt = async (method: string, path: string, body: unknown) =>
			(await server.call(method, path, { token, body })).body.code ?? "ok";
		const service = await server.key(home.workspace.id, { kind: "service", scopes: ["keys.introspect"] });
		const input = { name: "Handed on", kind: "service" };
		expect(await attempt("POST", keys, { ...input, scopes: ["*"] })).toBe("scope_missing");
		expect(await attempt("POST", keys, { ...input, scopes: ["keys.introspect"] })).toBe("scope_missing");
		const change = `/v1/keys/${home.key.id}`;
		expect(await attempt("PATCH", change, { scopes: ["bans.read"] })).toBe("scope_missing");
		expect(await attempt("POST", `/v1/keys/${service.key.id}/rotate`, {})).toBe("scope_missing");

		expect(await attempt("POST", keys, { ...input, scopes: ["keys.write", "shop.read"] })).toBe("ok");
		const kept = { scopes: ["keys.introspect"], description: "What it had stays" };
		expect(await attempt("PATCH", `/v1/keys/${service.key.id}`, kept)).toBe("ok");
		expect(await attempt("POST", `/v1/keys/${home.key.id}/rotate`, {})).toBe("ok");
	});
});

describe("revoking a key twice at the same moment", () => {
	it("is one revocation, and both callers get a success", async () => {
		// Both have read the key before either writes.
		let reads = 0;
		let bothHaveRead = () => {};
		const both = new Promise<void>((resolve) => {
			bothHaveRead = resolve;
		});
		server.store.holdUntil((call) => {
			if (call !== "keys.change") return undefined;
			if (++reads === 2) bothHaveRead();
			return both;
		});
		const responses = await Promise.all([keyCall("revoke"), keyCall("revoke")]);
		server.store.holdUntil(undefined);
		expect(responses.map(({ status }) => status)).toEqual([200, 200]);
		expect(responses[0]?.body.revokedAt).toBe(responses[1]?.body.revokedAt);
		expect(await outcome()).toBe("key_revoked");
	});
});
