import type { Socket } from "node:net";
import { builtInOperatorId } from "../../server/model/account.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { type ErrorCode, errors } from "../../shared/errors.js";
import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { codeOf, invitation, invite, newCredentials, setUp } from "../support/person.js";
import { exchange } from "../support/rawHttp.js";
import type { Fixture } from "../support/seed.js";
import { useServerPerTest } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

const day = 86_400_000;
const clock = new FakeClock();
const server = useServerPerTest({ clock });
let admin: string;
let home: Fixture;

beforeEach(async () => {
	admin = await server.adminToken();
	home = await server.fixture({ workspace: { idleDays: 2, maxKeys: 2 } });
});

const verify = (options = {}) => server.verify(home.token, home.place.id, options);
const manage = (method: string, path: string, body?: unknown) =>
	server.call(method, path, { token: admin, body });
const keyPath = () => `/v1/keys/${home.key.id}`;
const workspacePath = () => `/v1/workspaces/${home.workspace.id}`;
const changeKey = (changes: unknown) => manage("PATCH", keyPath(), changes);

/** The response to bytes that no HTTP client would send. */
async function recordFor(bytes: string): Promise<TestResponse> {
	const [lines = "", text = ""] = (await exchange(server.port, [bytes])).split("\r\n\r\n");
	const [statusLine = "", ...fields] = lines.split("\r\n");
	const headers = Object.fromEntries(
		fields.map((field) => [field.replace(/:.*/, "").toLowerCase(), field.replace(/^[^:]*: /, "")]),
	);
	return { status: Number(statusLine.split(" ")[1]), headers, text, body: JSON.parse(text) };
}

/** For every code of the catalogue, a way to get it over HTTP. The compiler requires all of them. */
const meet: { readonly [C in ErrorCode]: () => Promise<TestResponse> } = {
	validation_failed: () => verify({ body: { jobId: 7 } }),
	request_malformed: () => recordFor("HELO localhost\r\n\r\n"),
	request_timeout: async () => {
		let socket: Socket | undefined;
		server.app.server.once("connection", (connection: Socket) => {
			socket = connection;
		});
		const response = recordFor("GET /livez HTTP/1.1\r\nHost:");
		const late = Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
		// As Node reports it after half a minute.
		server.app.server.emit("clientError", late, await waitFor("the connection", () => socket));
		return response;
	},
	expectation_failed: () => verify({ headers: { expect: "wine" } }),
	headers_too_large: () => verify({ headers: { "x-long": "a".repeat(20_000) } }),
	body_malformed: () => verify({ body: "{" }),
	auth_ambiguous: () => verify({ headers: { "x-api-key": admin } }),
	place_missing: () => server.call("POST", "/v1/verify", { token: home.token, body: {} }),
	idempotency_key_reused: async () => {
		const headers = { "idempotency-key": "once" };
		await server.call("POST", "/v1/workspaces", { token: admin, headers, body: { name: "A" } });
		return server.call("POST", "/v1/workspaces", { token: admin, headers, body: { name: "B" } });
	},
	auth_missing: () => server.call("GET", "/v1/workspaces"),
	key_unknown: () => server.verify("plk_game_made-up", home.place.id),
	key_disabled: async () => {
		await manage("POST", `${keyPath()}/disable`);
		return verify();
	},
	key_expired: async () => {
		await changeKey({ expiresAt: new Date(clock.now() + 1_000).toISOString() });
		clock.advance(1_000);
		return verify();
	},
	token_rotated: async () => {
		await manage("POST", `${keyPath()}/rotate`, { overlapSeconds: 0 });
		return verify();
	},
	key_idle: async () => {
		clock.advance(2 * day);
		return verify();
	},
	key_revoked: async () => {
		await manage("POST", `${keyPath()}/revoke`);
		return verify();
	},
	session_expired: () => server.call("GET", "/v1/session"),
	sign_in_failed: () =>
		server.call("POST", "/v1/session", { body: { name: "Nobody", password: "whatever it was" } }),
	role_missing: async () => {
		const viewer = await invite(server, await setUp(server), home.workspace.id, "viewer");
		return viewer.call("POST", `${keyPath()}/revoke`);
	},
	csrf_failed: async () => {
		const { cookie } = await setUp(server);
		return server.call("DELETE", "/v1/session", { headers: { cookie } });
	},
	link_invalid: () => server.call("POST", "/v1/invitations/show", { body: { code: "made-up" } }),
	workspace_suspended: async () => {
		await manage("PATCH", workspacePath(), { status: "suspended" });
		return verify();
	},
	place_mismatch: () => verify({ body: { placeId: "1" } }),
	place_unproven: () =>
		server.call("POST", "/v1/verify", { token: home.token, body: { placeId: home.place.id } }),
	place_not_allowed: () => server.verify(home.token, "1"),
	place_inactive: async () => {
		await manage("PATCH", `${workspacePath()}/places/${home.place.id}`, { status: "inactive" });
		return verify();
	},
	ip_not_allowed: async () => {
		await changeKey({ allowedIps: ["203.0.113.7"] });
		return verify();
	},
	scope_missing: async () => {
		const token = await server.adminToken(["keys.read"]);
		return server.call("GET", "/v1/workspaces", { token });
	},
	kind_not_allowed: () => server.verify(admin, home.place.id),
	not_found: () => manage("GET", "/v1/keys/nobody"),
	method_not_allowed: () => manage("PATCH", "/v1/verify", {}),
	name_taken: () =>
		manage("POST", `${workspacePath()}/keys`, { name: home.key.name, kind: "game", scopes: [] }),
	rotation_overlap: async () => {
		await manage("POST", `${keyPath()}/rotate`, {});
		return manage("POST", `${keyPath()}/rotate`, {});
	},
	rotation_conflict: async () => {
		// Both have read the key before one of them changes it.
		let free: (() => void) | undefined;
		const both = new Promise<void>((resolve) => {
			free = resolve;
		});
		let waiting = 0;
		server.store.holdUntil((call) => {
			if (call !== "keys.change") return undefined;
			if (++waiting === 2) free?.();
			return both;
		});
		const rotate = () => manage("POST", `${keyPath()}/rotate`, {});
		const [first, second] = await Promise.all([rotate(), rotate()]);
		return first.status === 409 ? first : second;
	},
	key_already_revoked: async () => {
		await manage("POST", `${keyPath()}/revoke`);
		return manage("POST", `${keyPath()}/enable`);
	},
	workspace_has_keys: () => manage("DELETE", workspacePath()),
	already_member: async () => {
		const operator = await setUp(server);
		const member = await invite(server, operator, home.workspace.id, "viewer");
		const code = await invitation(operator, home.workspace.id, "viewer");
		return member.call("POST", "/v1/account/invitations", { body: { code } });
	},
	last_owner: async () => {
		const owner = await invite(server, await setUp(server), home.workspace.id, "owner");
		return owner.call("DELETE", `${workspacePath()}/members/${owner.id}`);
	},
	last_operator: async () => {
		const operator = await setUp(server);
		return operator.call("DELETE", `/v1/accounts/${operator.id}`);
	},
	builtin_account: () => manage("DELETE", `/v1/accounts/${builtInOperatorId}`),
	account_disabled: async () => {
		const operator = await setUp(server);
		const member = await invite(server, operator, home.workspace.id, "viewer");
		await operator.call("PATCH", `/v1/accounts/${member.id}`, { body: { disabled: true } });
		return operator.call("POST", `/v1/accounts/${member.id}/reset`);
	},
	setup_done: async () => {
		const code = await server.setupCode();
		const invited = await manage("POST", `${workspacePath()}/invitations`, { role: "viewer" });
		const joining = { code: codeOf(invited.body.link), ...newCredentials() };
		await server.call("POST", "/v1/invitations/accept", { body: joining });
		return server.call("POST", "/v1/setup", { body: { code, ...newCredentials() } });
	},
	idempotency_response_lost: async () => {
		const call = { token: admin, headers: { "idempotency-key": "once" }, body: { name: "A" } };
		await server.call("POST", "/v1/workspaces", call);
		const { idempotency } = server.store;
		const { find } = idempotency;
		Object.assign(idempotency, {
			find: async (id: string) => ({ ...(await find(id)), sealed: Buffer.alloc(64) }),
		});
		return server.call("POST", "/v1/workspaces", call);
	},
	limit_reached: async () => {
		await server.key(home.workspace.id);
		return manage("POST", `${workspacePath()}/keys`, { name: "Third", kind: "game", scopes: [] });
	},
	key_not_revoked: () => manage("DELETE", keyPath()),
	body_too_large: () => verify({ body: `"${"x".repeat(65_536)}"` }),
	media_type_unsupported: () => verify({ headers: { "content-type": "application/xml" } }),
	rate_limited: async () => {
		await changeKey({ rateLimit: { limit: 1, windowSeconds: 10 } });
		await verify();
		return verify();
	},
	quota_exceeded: async () => {
		await changeKey({ quota: { limit: 1, period: "day" } });
		await verify();
		return verify();
	},
	too_many_failures: async () => {
		let last = await meet.key_unknown();
		for (let i = 0; i < 60; i++) last = await meet.key_unknown();
		return last;
	},
	internal: () => {
		server.store.failWith(() => new Error("a bug, on purpose: plk_game_secret"));
		return verify();
	},
	unavailable: () => {
		server.store.failWith(() => new StoreUnavailable("gone, on purpose"));
		return verify();
	},
};

describe("the error catalogue", () => {
	it("is covered below, every code of it", () => {
		for (const code of Object.keys(meet)) expect(errors).toHaveProperty(code);
	});

	it.each(Object.keys(meet) as ErrorCode[])("%s is sent over HTTP as the catalogue says", async (code) => {
		const { status, headers, body } = await meet[code]();
		expect(body.code).toBe(code);
		const entry = errors[code];
		expect(status).toBe(entry.status);
		expect(body).toMatchObject({ status: entry.status, title: entry.title, fix: entry.fix });
		expect(headers["content-type"]).toBe("application/problem+json");
		expect(body.type).toBe(`/docs/errors#${code}`);
		expect(body.requestId).toBe(headers["x-request-id"]);
		expect(headers["cache-control"]).toBe("no-store");
		expect(Object.values(body)).not.toContain(null);
		const known = ["type", "title", "status", "code", "detail", "fix", "errors", "requestId"];
		expect(known).toEqual(expect.arrayContaining(Object.keys(body)));
		expect("errors" in body).toBe(code === "validation_failed");
		expect("www-authenticate" in headers).toBe(status === 401);
		expect("allow" in headers).toBe(status === 405);
		const wait = status === 429 || status === 503 ? /^[1-9]\d*$/ : /^$/;
		expect(headers["retry-after"] ?? "").toMatch(wait);
	});

	it("reveals nothing about internal errors, which are in the log under the same request ID", async () => {
		const { text, body } = await meet.internal();
		expect(text).not.toContain("on purpose");
		const lines = server.logs.filter((line) => line.requestId === body.requestId);
		expect(lines.map((line) => line.msg)).toEqual(["unexpected error", "request failed"]);
		expect(JSON.stringify(lines)).toContain("on purpose");
	});

	it("lists every invalid field, without quoting what was sent", async () => {
		const { body } = await verify({ body: { jobId: 7, placeVersion: "secret", placeId: -1 } });
		expect(body.errors.map((each: { path: string }) => each.path).sort()).toEqual([
			"jobId",
			"placeId",
			"placeVersion",
		]);
		expect(JSON.stringify(body)).not.toContain("secret");
	});

	it("sends a Bearer challenge, without an error if no token was sent", async () => {
		expect((await meet.auth_missing()).headers["www-authenticate"]).toBe('Bearer realm="placelock"');
		expect((await meet.key_unknown()).headers["www-authenticate"]).toBe(
			'Bearer realm="placelock", error="invalid_token"',
		);
	});
});
