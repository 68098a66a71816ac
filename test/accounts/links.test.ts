import { builtInOperatorId } from "../../server/model/account.js";
import { codeOf, invitation, invite, newCredentials, type Person, setUp, signIn } from "../support/person.js";
import type { TestServer } from "../support/server.js";
import { onEveryStore } from "../support/stores.js";

const minute = 60_000;
const day = 86_400_000;
const statuses = (responses: readonly { readonly status: number }[]) =>
	responses.map(({ status }) => status).sort();

onEveryStore("a set-up link", (instances) => {
	const attempt = (code: string, server: TestServer = instances().server) =>
		server.call("POST", "/v1/setup", { body: { code, ...newCredentials() } });
	const outcome = async (code: string) => (await attempt(code)).body.code;
	const needed = async () => (await instances().otherServer.call("GET", "/v1/setup")).body.needed;

	it("creates the first account, an operator, only once among concurrent attempts", async () => {
		const { server, otherServer, clock } = instances();
		expect(await needed()).toBe(true);
		expect(await outcome("made-up")).toBe("link_invalid");
		const first = await server.setupCode();
		const code = await server.setupCode();
		expect(await outcome(first)).toBe("link_invalid");
		clock.advance(30 * minute);
		expect(await outcome(code)).toBe("link_invalid");
		const fresh = await server.setupCode();
		clock.advance(30 * minute - 1);
		const builtIn = (await server.store.accounts.findById(builtInOperatorId))?.name ?? "";
		const taken = { code: fresh, name: builtIn.toUpperCase(), password: "four plain words together" };
		expect((await server.call("POST", "/v1/setup", { body: taken })).body.code).toBe("name_taken");
		const all = await Promise.all(
			[1, 2, 3, 4].map((n) => attempt(fresh, n % 2 === 0 ? server : otherServer)),
		);
		expect(statuses(all)).toEqual([201, 404, 404, 404]);
		expect(all.find(({ status }) => status === 201)?.body.account.operator).toBe(true);
		expect(await needed()).toBe(false);
		expect(await outcome(fresh)).toBe("link_invalid");
		await expect(server.setupCode()).rejects.toThrow("setup_done");
	});
});

onEveryStore("a set-up link made before somebody could sign in", (instances) => {
	it("creates no more accounts", async () => {
		const { server } = instances();
		const token = await server.adminToken();
		const code = await server.setupCode();
		const { id } = await server.workspace();
		const { body } = await server.call("POST", `/v1/workspaces/${id}/invitations`, {
			token,
			body: { role: "viewer" },
		});
		const accept = { code: codeOf(body.link), ...newCredentials() };
		expect((await server.call("POST", "/v1/invitations/accept", { body: accept })).status).toBe(201);
		const rejected = await server.call("POST", "/v1/setup", { body: { code, ...newCredentials() } });
		expect(rejected.body.code).toBe("setup_done");
	});
});

onEveryStore("a reset link", (instances) => {
	let operator: Person;
	let person: Person;
	let workspaceId: string;
	beforeAll(async () => {
		operator = await setUp(instances().server);
		workspaceId = (await instances().server.workspace()).id;
	});
	beforeEach(async () => {
		person = await invite(instances().server, operator, workspaceId, "viewer");
	});

	const chosen = "four words chosen anew";
	const link = async () => {
		const { body } = await operator.call("POST", `/v1/accounts/${person.id}/reset`);
		return codeOf(body.link);
	};
	const show = (code: string) =>
		instances().otherServer.call("POST", "/v1/password-resets/show", { body: { code } });
	const use = (code: string, server: TestServer = instances().server) =>
		server.call("POST", "/v1/password-resets", { body: { code, password: chosen } });

	it("returns whose password it resets, and until when", async () => {
		const { clock } = instances();
		expect((await show(await link())).body).toEqual({
			name: person.name,
			expiresAt: new Date(clock.now() + 30 * minute).toISOString(),
		});
	});

	it("works once, ends all sessions, and starts one", async () => {
		const { server } = instances();
		const second = await signIn(server, person);
		const code = await link();
		// The password does not change until then.
		await signIn(server, person);
		const { status, body } = await use(code);
		expect([status, body.account.id]).toEqual([201, person.id]);
		for (const ended of [person, second]) {
			expect((await ended.call("GET", "/v1/session")).body.code).toBe("session_expired");
		}
		await expect(signIn(server, person)).rejects.toThrow("sign_in_failed");
		const now = await signIn(server, { name: person.name, password: chosen });
		expect((await now.call("GET", "/v1/account/sessions")).body.data).toHaveLength(2);
		for (const again of [await use(code), await show(code)]) expect(again.body.code).toBe("link_invalid");
	});

	it("is not used up by a rejected password", async () => {
		const code = await link();
		const { body } = await instances().server.call("POST", "/v1/password-resets", {
			body: { code, password: `${person.name}12345678` },
		});
		expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "password" }] });
		expect((await use(code)).status).toBe(201);
	});

	it("works once if it is used twice at the same moment", async () => {
		const { server, otherServer } = instances();
		const code = await link();
		expect(statuses(await Promise.all([use(code, server), use(code, otherServer)]))).toEqual([201, 404]);
	});

	it("is ended by a new one, and after 30 minutes", async () => {
		const { clock } = instances();
		const [first, second] = [await link(), await link()];
		expect((await use(first)).body.code).toBe("link_invalid");
		clock.advance(30 * minute - 1);
		expect((await show(second)).status).toBe(200);
		clock.advance(1);
		expect((await use(second)).body.code).toBe("link_invalid");
	});

	it("is valid for nothing else", async () => {
		const { server } = instances();
		const code = await link();
		for (const path of ["/v1/setup", "/v1/invitations/accept"]) {
			const { body } = await server.call("POST", path, { body: { code, ...newCredentials() } });
			expect(body.code).toBe("link_invalid");
		}
		const invited = await invitation(operator, workspaceId, "viewer");
		expect((await use(invited)).body.code).toBe("link_invalid");
	});

	it("is neither created nor valid for an account that is disabled or has no password", async () => {
		const code = await link();
		const path = `/v1/accounts/${person.id}`;
		await operator.call("PATCH", path, { body: { disabled: true } });
		expect((await use(code)).body.code).toBe("link_invalid");
		expect((await operator.call("POST", `${path}/reset`)).body.code).toBe("account_disabled");
		const { body } = await operator.call("GET", "/v1/accounts");
		const builtIn = body.data.find(({ signsIn }: { signsIn: boolean }) => !signsIn);
		const rejected = await operator.call("POST", `/v1/accounts/${builtIn.id}/reset`);
		expect(rejected.body.code).toBe("builtin_account");
	});

	it("is valid only while its creator is an operator and the key it was created with is valid", async () => {
		const { server } = instances();
		const maker = await invite(server, operator, workspaceId, "viewer");
		const path = `/v1/accounts/${maker.id}`;
		await operator.call("PATCH", path, { body: { operator: true } });
		const made = async () =>
			codeOf((await maker.call("POST", `/v1/accounts/${operator.id}/reset`)).body.link);
		const code = await made();
		for (const body of [{ operator: false }, { disabled: true }, { operator: true }]) {
			await operator.call("PATCH", path, { body });
			expect((await show(code)).body.code).toBe("link_invalid");
			expect((await use(code)).body.code).toBe("link_invalid");
		}
		await operator.call("PATCH", path, { body: { disabled: false } });
		expect((await show(code)).status).toBe(200);

		const { body: key } = await operator.call("POST", "/v1/account/keys", {
			body: { name: "k", scopes: ["*"] },
		});
		const byKey = await server.call("POST", `/v1/accounts/${person.id}/reset`, { token: key.token });
		await operator.call("POST", `/v1/account/keys/${key.id}/revoke`);
		expect((await use(codeOf(byKey.body.link))).body.code).toBe("link_invalid");

		expect((await operator.call("DELETE", path)).status).toBe(204);
		expect((await use(code)).body.code).toBe("link_invalid");
	});

	it("ends with its account", async () => {
		const code = await link();
		expect((await operator.call("DELETE", `/v1/accounts/${person.id}`)).status).toBe(204);
		expect((await use(code)).body.code).toBe("link_invalid");
	});
});

onEveryStore("an invitation", (instances) => {
	let operator: Person;
	let workspaceId: string;
	beforeAll(async () => {
		operator = await setUp(instances().server);
	});
	beforeEach(async () => {
		operator = await signIn(instances().server, operator);
		workspaceId = (await instances().server.workspace()).id;
	});

	const accept = (code: string, server: TestServer = instances().server, credentials = newCredentials()) =>
		server.call("POST", "/v1/invitations/accept", { body: { code, ...credentials } });
	const joining = (person: Person, code: string) =>
		person.call("POST", "/v1/account/invitations", { body: { code } });
	const show = async (code: string) =>
		(await instances().otherServer.call("POST", "/v1/invitations/show", { body: { code } })).body;
	const open = async () =>
		(await operator.call("GET", `/v1/workspaces/${workspaceId}/invitations`)).body.data;
	const roleOf = async (person: Person) =>
		(await person.call("GET", `/v1/workspaces/${workspaceId}`)).body.role;

	it("creates an account in the workspace, and is then used up", async () => {
		const { clock } = instances();
		const code = await invitation(operator, workspaceId, "admin");
		expect(await show(code)).toEqual({
			workspace: { id: workspaceId, name: "Obby Studio" },
			role: "admin",
			expiresAt: new Date(clock.now() + 7 * day).toISOString(),
		});
		const { body } = await accept(code);
		expect(body.account.operator).toBe(false);
		expect(await open()).toEqual([]);
		expect((await accept(code)).body.code).toBe("link_invalid");
		expect((await show(code)).code).toBe("link_invalid");
	});

	it("is valid only while its creator may invite, so that no removed member returns with it", async () => {
		const { server } = instances();
		const [owner, other] = [
			await invite(server, operator, workspaceId, "owner"),
			await invite(server, operator, workspaceId, "owner"),
		];
		const [first, second] = [
			await invitation(owner, workspaceId, "owner"),
			await invitation(other, workspaceId, "viewer"),
		];
		await operator.call("DELETE", `/v1/workspaces/${workspaceId}/members/${owner.id}`);
		expect((await joining(owner, first)).body.code).toBe("link_invalid");
		expect((await show(first)).code).toBe("link_invalid");
		await operator.call("PATCH", `/v1/accounts/${other.id}`, { body: { disabled: true } });
		expect((await accept(second)).body.code).toBe("link_invalid");
		await operator.call("PATCH", `/v1/accounts/${other.id}`, { body: { disabled: false } });
		expect((await accept(second)).status).toBe(201);
	});

	it("is valid only while the admin key that created it is: revoking a leaked key ends its links", async () => {
		const { server } = instances();
		const { body: key } = await operator.call("POST", "/v1/account/keys", {
			body: { name: workspaceId, scopes: ["*"] },
		});
		const { body } = await server.call("POST", `/v1/workspaces/${workspaceId}/invitations`, {
			token: key.token,
			body: { role: "admin" },
		});
		const code = codeOf(body.link);
		expect((await show(code)).role).toBe("admin");
		await operator.call("POST", `/v1/account/keys/${key.id}/revoke`);
		expect((await show(code)).code).toBe("link_invalid");
		expect((await accept(code)).body.code).toBe("link_invalid");
	});

	it("ends with the admin key that created it, and when that key is rotated", async () => {
		const { server, clock } = instances();
		const expiresAt = new Date(clock.now() + 60_000).toISOString();
		const { body: key } = await operator.call("POST", "/v1/account/keys", {
			body: { name: `${workspaceId} rotated`, scopes: ["*"], expiresAt },
		});
		const { body } = await server.call("POST", `/v1/workspaces/${workspaceId}/invitations`, {
			token: key.token,
			body: { role: "viewer" },
		});
		expect(body.expiresAt).toBe(expiresAt);
		expect((await show(codeOf(body.link))).role).toBe("viewer");
		clock.advance(1);
		await operator.call("POST", `/v1/account/keys/${key.id}/rotate`, { body: { overlapSeconds: 0 } });
		expect((await show(codeOf(body.link))).code).toBe("link_invalid");
	});

	it("lets people join with an existing account", async () => {
		const { server } = instances();
		const person = await invite(server, operator, (await server.workspace()).id, "viewer");
		const { status, body } = await joining(person, await invitation(operator, workspaceId, "admin"));
		expect([status, body.id, body.role]).toEqual([200, workspaceId, "admin"]);
		const listed = await person.call("GET", "/v1/workspaces");
		expect(listed.body.data.map(({ role }: { role: string }) => role).sort()).toEqual(["admin", "viewer"]);
	});

	it("raises a member's role but never lowers it, and then stays valid", async () => {
		const person = await invite(instances().server, operator, workspaceId, "admin");
		for (const role of ["viewer", "admin"] as const) {
			const code = await invitation(operator, workspaceId, role);
			expect((await joining(person, code)).body.code).toBe("already_member");
			expect((await accept(code)).status).toBe(201);
		}
		expect(await roleOf(person)).toBe("admin");
		expect((await joining(person, await invitation(operator, workspaceId, "owner"))).status).toBe(200);
		expect(await roleOf(person)).toBe("owner");
	});

	it("is used once by concurrent attempts", async () => {
		const { server, otherServer } = instances();
		const code = await invitation(operator, workspaceId, "viewer");
		const person = await invite(server, operator, (await server.workspace()).id, "viewer");
		const all = await Promise.all([accept(code, server), accept(code, otherServer), joining(person, code)]);
		expect(all.filter(({ status }) => status < 300)).toHaveLength(1);
		expect(all.filter(({ body }) => body.code === "link_invalid")).toHaveLength(2);
		const { body } = await operator.call("GET", `/v1/workspaces/${workspaceId}/members`);
		expect(body.data).toHaveLength(1);
	});

	it("stays valid if the name is taken, in any case", async () => {
		const code = await invitation(operator, workspaceId, "viewer");
		const credentials = { ...newCredentials(), name: operator.name.toUpperCase() };
		expect((await accept(code, instances().server, credentials)).body.code).toBe("name_taken");
		expect((await accept(code)).status).toBe(201);
	});

	it("can be revoked, only by those who may see it", async () => {
		const { server } = instances();
		const code = await invitation(operator, workspaceId, "viewer");
		const [{ id }] = await open();
		const elsewhere = (await server.workspace()).id;
		const stranger = await invite(server, operator, elsewhere, "owner");
		for (const through of [workspaceId, elsewhere]) {
			const rejected = await stranger.call("DELETE", `/v1/workspaces/${through}/invitations/${id}`);
			expect(rejected.body.code).toBe("not_found");
		}
		const path = `/v1/workspaces/${workspaceId}/invitations/${id}`;
		expect((await operator.call("DELETE", path)).status).toBe(204);
		expect((await operator.call("DELETE", path)).body.code).toBe("not_found");
		expect((await accept(code)).body.code).toBe("link_invalid");
	});

	it("expires after 7 days, and ends with its workspace", async () => {
		const { clock, server } = instances();
		const code = await invitation(operator, workspaceId, "viewer");
		clock.advance(7 * day - 1);
		expect((await show(code)).role).toBe("viewer");
		clock.advance(1);
		expect((await accept(code)).body.code).toBe("link_invalid");
		operator = await signIn(server, operator);
		expect(await open()).toEqual([]);
		const other = await invitation(operator, workspaceId, "viewer");
		expect((await operator.call("DELETE", `/v1/workspaces/${workspaceId}`)).status).toBe(204);
		expect((await accept(other)).body.code).toBe("link_invalid");
	});

	it("is one of at most 100 pending ones per workspace", async () => {
		const { clock } = instances();
		const create = async () =>
			(
				await operator.call("POST", `/v1/workspaces/${workspaceId}/invitations`, {
					body: { role: "viewer" },
				})
			).status;
		for (let i = 0; i < 99; i++) await create();
		expect([await create(), await create()]).toEqual([201, 409]);
		expect(await open()).toHaveLength(100);
		clock.advance(7 * day);
		operator = await signIn(instances().server, operator);
		expect(await create()).toBe(201);
	});
});
