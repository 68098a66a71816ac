import { builtInOperatorId } from "../../server/model/account.js";
import { invite, type Person, setUp, signIn } from "../support/person.js";
import type { TestServer } from "../support/server.js";
import { onEveryStore } from "../support/stores.js";
import { keyIdOf } from "./everyCall.js";

onEveryStore("who belongs to a workspace", (instances) => {
	let operator: Person;
	let workspaceId: string;
	beforeAll(async () => {
		operator = await setUp(instances().server);
	});
	beforeEach(async () => {
		workspaceId = (await instances().server.workspace()).id;
	});

	const newOwner = () => invite(instances().server, operator, workspaceId, "owner");
	const memberPath = (of: Person) => `/v1/workspaces/${workspaceId}/members/${of.id}`;
	const leave = (person: Person, server = instances().server) =>
		server.call("DELETE", memberPath(person), { headers: person.headers });

	it("may leave with any role, and then sees nothing of the workspace", async () => {
		const { server } = instances();
		await newOwner();
		for (const role of ["viewer", "admin", "owner"] as const) {
			const person = await invite(server, operator, workspaceId, role);
			expect((await leave(person)).status).toBe(204);
			const seen = await person.call("GET", `/v1/workspaces/${workspaceId}`);
			expect(seen.body.code).toBe("not_found");
			expect((await leave(person)).body.code).toBe("not_found");
		}
	});

	it("always has an owner: of two who leave at the same moment one stays", async () => {
		const { server, otherServer } = instances();
		const [a, b] = [await newOwner(), await newOwner()];
		const left = await Promise.all([leave(a, server), leave(b, otherServer)]);
		expect(left.map(({ status }) => status).sort()).toEqual([204, 409]);
		const stayed = left[0]?.status === 409 ? a : b;
		expect((await leave(stayed)).body.code).toBe("last_owner");
		const lower = await operator.call("PATCH", memberPath(stayed), { body: { role: "admin" } });
		expect(lower.body.code).toBe("last_owner");
		const gone = await operator.call("DELETE", `/v1/accounts/${stayed.id}`);
		expect(gone.body.code).toBe("last_owner");
		await newOwner();
		expect((await leave(stayed)).status).toBe(204);
	});

	it("always has an owner who can sign in: a disabled account does not count", async () => {
		const [gone, left] = [await newOwner(), await newOwner()];
		await operator.call("PATCH", `/v1/accounts/${gone.id}`, { body: { disabled: true } });
		expect((await leave(left)).body.code).toBe("last_owner");
		const deleted = await operator.call("DELETE", `/v1/accounts/${left.id}`);
		expect(deleted.body.code).toBe("last_owner");
		await newOwner();
		expect((await leave(left)).status).toBe(204);
	});

	it("always has an owner: of two who demote each other at the same moment one stays", async () => {
		const { server, otherServer } = instances();
		const [a, b] = [await newOwner(), await newOwner()];
		const lower = (by: Person, of: Person, at: TestServer) =>
			at.call("PATCH", memberPath(of), { headers: by.headers, body: { role: "viewer" } });
		const lowered = await Promise.all([lower(a, b, server), lower(b, a, otherServer)]);
		expect(lowered.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	it("acts with its current role: a removed role ends with the next request, for keys too", async () => {
		const { server, otherServer } = instances();
		const person = await newOwner();
		const token = await server.adminToken(["*"], { accountId: person.id });
		const rename = async () => {
			const path = `/v1/workspaces/${workspaceId}`;
			const body = { name: "Renamed" };
			const responses = [
				await otherServer.call("PATCH", path, { token, body }),
				await otherServer.call("PATCH", path, { headers: person.headers, body }),
			];
			return responses.map(({ status, body }) => (status === 200 ? "ok" : body.code));
		};
		await newOwner();
		expect(await rename()).toEqual(["ok", "ok"]);
		await operator.call("PATCH", memberPath(person), { body: { role: "admin" } });
		expect(await rename()).toEqual(["role_missing", "role_missing"]);
		await operator.call("DELETE", memberPath(person));
		expect(await rename()).toEqual(["not_found", "not_found"]);
		await operator.call("PATCH", `/v1/accounts/${person.id}`, { body: { operator: true } });
		expect(await rename()).toEqual(["ok", "ok"]);
		await operator.call("PATCH", `/v1/accounts/${person.id}`, { body: { operator: false } });
		expect(await rename()).toEqual(["not_found", "not_found"]);
	});
});

onEveryStore("operators", (instances) => {
	let first: Person;
	let second: Person;
	let workspaceId: string;
	beforeAll(async () => {
		const { server } = instances();
		first = await setUp(server);
		workspaceId = (await server.workspace()).id;
		second = await invite(server, first, workspaceId, "viewer");
	});
	const change = (by: Person, of: Person, body: unknown, server = instances().server) =>
		server.call("PATCH", `/v1/accounts/${of.id}`, { headers: by.headers, body });

	it("include the last one who can sign in, whatever is tried", async () => {
		for (const body of [{ operator: false }, { disabled: true }, { operator: false, disabled: true }]) {
			expect((await change(first, first, body)).body.code).toBe("last_operator");
		}
		const gone = await first.call("DELETE", `/v1/accounts/${first.id}`);
		expect(gone.body.code).toBe("last_operator");
		expect((await first.call("GET", "/v1/accounts")).status).toBe(200);
	});

	it("are at least one, even if two demote each other at the same moment", async () => {
		const { server, otherServer } = instances();
		await change(first, second, { operator: true });
		const both = await Promise.all([
			change(first, second, { operator: false }, server),
			change(second, first, { operator: false }, otherServer),
		]);
		expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
		const left = both[0]?.status === 200 ? first : second;
		expect((await left.call("GET", "/v1/accounts")).status).toBe(200);
		await change(left, left === first ? second : first, { operator: true });
	});

	it("cannot change or delete the built-in account of the command line", async () => {
		const path = `/v1/accounts/${builtInOperatorId}`;
		expect((await first.call("PATCH", path, { body: { disabled: true } })).body.code).toBe("builtin_account");
		expect((await first.call("DELETE", path)).body.code).toBe("builtin_account");
	});

	it("are not created by a key without `*`, nor are links to sign in as them", async () => {
		const { server } = instances();
		const { id: workspaceId } = await server.workspace();
		const owner = await invite(server, first, workspaceId, "viewer");
		const other = await invite(server, first, workspaceId, "viewer");
		const weak = await server.adminToken(["accounts.write", "members.write"]);
		const strong = await server.adminToken(["*"]);
		const members = `/v1/workspaces/${workspaceId}`;
		const calls = [
			["POST", `/v1/accounts/${owner.id}/reset`, {}],
			["PATCH", `/v1/accounts/${owner.id}`, { operator: true }],
			["PATCH", `/v1/accounts/${owner.id}`, { disabled: false }],
			["PATCH", `${members}/members/${owner.id}`, { role: "owner" }],
			["PATCH", `${members}/members/${other.id}`, { role: "admin" }],
			["POST", `${members}/invitations`, { role: "owner" }],
			["POST", `${members}/invitations`, { role: "admin" }],
			["POST", `${members}/invitations`, { role: "viewer" }],
		] as const;
		for (const [method, path, body] of calls) {
			const sent = path.endsWith("/reset") ? undefined : body;
			expect((await server.call(method, path, { token: weak, body: sent })).body.code).toBe("scope_missing");
			expect((await server.call(method, path, { token: strong, body: sent })).status).toBeLessThan(300);
		}
	});

	it("are not required for a key to add viewers, who may read what the key may, or to demote members", async () => {
		const { server } = instances();
		const { id: workspaceId } = await server.workspace();
		const person = await invite(server, first, workspaceId, "admin");
		const reading = ["workspaces", "places", "keys", "members", "audit", "usage", "denials"];
		const token = await server.adminToken([...reading.map((what) => `${what}.read`), "members.write"]);
		const path = `/v1/workspaces/${workspaceId}`;
		const calls = [
			[201, "POST", `${path}/invitations`, { role: "viewer" }],
			[403, "POST", `${path}/invitations`, { role: "admin" }],
			[200, "PATCH", `${path}/members/${person.id}`, { role: "viewer" }],
			[403, "PATCH", `${path}/members/${person.id}`, { role: "admin" }],
		] as const;
		for (const [status, method, at, body] of calls) {
			expect((await server.call(method, at, { token, body })).status).toBe(status);
		}
	});

	it("see who changed what across the server", async () => {
		const { body } = await first.call("GET", `/v1/audit?actor=${second.id}`);
		expect(body.data.length).toBeGreaterThan(0);
		for (const entry of body.data) expect(entry.actor).toMatchObject({ id: second.id, name: second.name });
	});
});

onEveryStore("an account that is deleted", (instances) => {
	it("is gone with its keys, sessions and memberships, at every instance; its audit entries stay", async () => {
		const { server, otherServer, clock } = instances();
		const operator = await setUp(server);
		const { id: workspaceId } = await server.workspace();
		const person = await invite(server, operator, workspaceId, "viewer");
		const { name, password } = person;
		const token = await server.adminToken(["*"], { accountId: person.id });
		clock.advance(1);
		// The other instance now has it in memory.
		expect((await otherServer.call("GET", "/v1/workspaces", { token })).status).toBe(200);
		expect((await operator.call("DELETE", `/v1/accounts/${person.id}`)).status).toBe(204);
		for (const each of [server, otherServer]) {
			expect((await each.call("GET", "/v1/workspaces", { token })).body.code).toBe("key_unknown");
			const { body } = await each.call("GET", "/v1/session", { headers: person.headers });
			expect(body.code).toBe("session_expired");
		}
		await expect(signIn(otherServer, person)).rejects.toThrow("sign_in_failed");
		const { body: members } = await operator.call("GET", `/v1/workspaces/${workspaceId}/members`);
		expect(members.data).toEqual([]);
		const { body: auditLog } = await operator.call("GET", `/v1/audit?targetId=${person.id}`);
		expect(auditLog.data.map(({ action }: { action: string }) => action)).toEqual([
			"accounts.delete",
			"invitations.accept",
		]);
		// The name is free again, for someone else.
		const next = await invite(server, operator, workspaceId, "viewer", { name, password });
		expect(next.id).not.toBe(person.id);
		expect((await next.call("GET", "/v1/account/keys")).body.data).toEqual([]);
	});
});

onEveryStore("an account's own keys", (instances) => {
	let operator: Person;
	let person: Person;
	beforeAll(async () => {
		const { server } = instances();
		operator = await setUp(server);
		person = await invite(server, operator, (await server.workspace()).id, "viewer");
	});

	let count = 0;
	const create = (scopes: string[], by: { token?: string }) => {
		const body = { name: `Made ${++count}`, scopes };
		const { server } = instances();
		return server.call("POST", "/v1/account/keys", {
			...(by.token ? by : { headers: person.headers }),
			body,
		});
	};

	it("grant no more than the key that creates them", async () => {
		const { body: made } = await create(["account-keys.write", "keys.read"], {});
		for (const scopes of [["*"], ["keys.write"], ["keys.read", "accounts.write"]]) {
			expect((await create(scopes, made)).body.code).toBe("scope_missing");
		}
		for (const scopes of [[], ["keys.read"], ["account-keys.write", "shop.write"]]) {
			expect((await create(scopes, made)).status).toBe(201);
		}
		const { body: strong } = await create(["*"], {});
		const path = `/v1/account/keys/${strong.id}/rotate`;
		const { server } = instances();
		const rotated = await server.call("POST", path, { token: made.token, body: {} });
		expect(rotated.body.code).toBe("scope_missing");
	});

	it("keep the limits of the key that creates them: its expiry and its addresses", async () => {
		const { server, clock } = instances();
		const soon = new Date(clock.now() + 60_000).toISOString();
		const limited = { expiresAt: soon, allowedIps: ["127.0.0.1", "203.0.113.7"] };
		const scopes = ["account-keys.write"];
		const made = await person.call("POST", "/v1/account/keys", {
			body: { name: "Limited", scopes, ...limited },
		});
		const input = (fields: object) =>
			server.call("POST", "/v1/account/keys", {
				token: made.body.token,
				body: { name: `Made ${++count}`, scopes: [], ...fields },
			});
		const paths = async (fields: object) =>
			(await input(fields)).body.errors?.map(({ path }: { path: string }) => path);
		expect(await paths({})).toEqual(["expiresAt", "allowedIps"]);
		const later = new Date(clock.now() + 61_000).toISOString();
		expect(await paths({ ...limited, expiresAt: later })).toEqual(["expiresAt"]);
		expect(await paths({ ...limited, allowedIps: ["0.0.0.0/0"] })).toEqual(["allowedIps"]);
		expect((await input({ ...limited, allowedIps: ["127.0.0.1"] })).status).toBe(201);
		const { body: free } = await create([], {});
		const rotate = (id: string) =>
			server.call("POST", `/v1/account/keys/${id}/rotate`, { token: made.body.token, body: {} });
		expect((await rotate(free.id)).body.code).toBe("validation_failed");
		expect((await rotate(made.body.id)).status).toBe(200);
	});

	it("make nobody an operator, whatever their scopes", async () => {
		const { body } = await create(["*"], {});
		const { server } = instances();
		const rejected = await server.call("GET", "/v1/accounts", { token: body.token });
		expect(rejected.body.code).toBe("role_missing");
	});

	it("belong to one account: not even an operator can see, rotate, revoke or delete them", async () => {
		const { body: key } = await create(["*"], {});
		const path = `/v1/account/keys/${key.id}`;
		for (const [method, to] of [
			["POST", `${path}/rotate`],
			["POST", `${path}/revoke`],
			["DELETE", path],
			["GET", `/v1/keys/${key.id}`],
		] as const) {
			const body = to.endsWith("rotate") ? {} : undefined;
			expect((await operator.call(method, to, { body })).body.code).toBe("not_found");
		}
		const { body } = await operator.call("GET", "/v1/account/keys");
		expect(body.data).toEqual([]);
	});

	it("do not work while their account is disabled, count no use then, and work again once it is enabled", async () => {
		const { server } = instances();
		const limited = { rateLimit: { limit: 1, windowSeconds: 60 } };
		const token = await server.adminToken(["*"], { accountId: person.id, ...limited });
		const standing = (disabled: boolean) =>
			operator.call("PATCH", `/v1/accounts/${person.id}`, { body: { disabled } });
		await standing(true);
		for (let i = 0; i < 3; i++) {
			const { body } = await server.call("GET", "/v1/account", { token });
			expect(body.code).toBe("key_disabled");
		}
		await server.app.writeUsage();
		expect(await server.store.usage.lastUse(keyIdOf(token))).toBeUndefined();
		await standing(false);
		expect((await server.call("GET", "/v1/account", { token })).status).toBe(200);
		person = await signIn(server, person);
	});

	it("are at most 100 that are not revoked, which the error explains", async () => {
		const { server } = instances();
		const other = await invite(server, operator, (await server.workspace()).id, "viewer");
		for (let i = 0; i < 100; i++) await server.adminToken([], { accountId: other.id });
		const body = { name: "One more", scopes: [] };
		const rejected = await other.call("POST", "/v1/account/keys", { body });
		expect(rejected.body).toMatchObject({ code: "limit_reached", detail: expect.stringContaining("100") });
		const { body: page } = await other.call("GET", "/v1/account/keys?limit=1");
		await other.call("POST", `/v1/account/keys/${page.data[0].id}/revoke`);
		expect((await other.call("POST", "/v1/account/keys", { body })).status).toBe(201);
	});
});
