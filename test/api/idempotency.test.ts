import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreUnavailable } from "../../server/store/store.js";
import type { Endpoint } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import type { TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import { invite, type Person, setUp, signIn } from "../support/person.js";
import { testSecrets } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";

const day = 86_400_000;
const newKey = { name: "Main", kind: "game", scopes: ["bans.read"] };

it("the contract allows an Idempotency-Key for every endpoint that creates or rotates", () => {
	const all: Endpoint[] = Object.values(endpoints);
	const taking = all.filter(({ takesIdempotencyKey }) => takesIdempotencyKey).map(({ name }) => name);
	expect(taking.sort()).toEqual(
		all
			.filter(({ caller, idempotent }) => caller === "admin" && !idempotent)
			.map(({ name }) => name)
			.sort(),
	);
	expect(taking).toEqual([
		"account-keys.create",
		"account-keys.rotate",
		"accounts.reset",
		"invitations.create",
		"keys.create",
		"keys.rotate",
		"workspaces.create",
	]);
});

/** Two instances on one database. */
function suite(newPlace: () => { dataDir?: string; mongodbUri?: string }): void {
	// Ahead of the machine's clock: MongoDB deletes expired records by its own.
	const clock = new FakeClock(Date.UTC(2100, 3, 14, 12));
	let here: TestServer;
	let there: TestServer;
	let admin: string;
	let person: Person | undefined;
	let path: string;
	let count = 0;

	beforeAll(async () => {
		const place = newPlace();
		here = await startServer({ ...place, clock });
		there = await startServer({ ...place, clock });
		admin = await here.adminToken();
	});
	beforeEach(async () => {
		path = `/v1/workspaces/${(await here.workspace()).id}/keys`;
		count++;
	});
	afterAll(async () => {
		await there.close();
		await here.close();
	});

	const post = (
		to: string,
		body: unknown,
		key = `call ${count}`,
		server = here,
		token = admin,
	): Promise<TestResponse> => server.call("POST", to, { token, body, headers: { "idempotency-key": key } });
	const keysOf = async () => (await here.call("GET", path, { token: admin })).body.data;

	it("returns the same response again, with the token, on any instance, and acts once", async () => {
		const first = await post(path, newKey);
		expect(first.status).toBe(201);
		clock.advance(5_000);
		for (const server of [here, there]) {
			const again = await post(path, newKey, undefined, server);
			expect([again.status, again.text]).toEqual([first.status, first.text]);
			expect(again.headers.location).toBe(first.headers.location);
			expect(again.headers["idempotent-replayed"]).toBe("true");
		}
		expect(first.headers.location).toBe(`../../keys/${first.body.id}`);
		expect(first.headers).not.toHaveProperty("idempotent-replayed");
		expect(await keysOf()).toHaveLength(1);
		const { records } = await here.store.audit.list({ limit: 50, targetId: first.body.id });
		expect(records).toHaveLength(1);
	});

	it("creates one workspace and rotates once: the token in the last response works", async () => {
		const made = await post("/v1/workspaces", { name: "A" });
		expect((await post("/v1/workspaces", { name: "A" })).body).toEqual(made.body);
		const { body: key } = await post(path, newKey);
		const rotation = `/v1/keys/${key.id}/rotate`;
		const first = await post(rotation, { overlapSeconds: 0 });
		const again = await post(rotation, { overlapSeconds: 0 }, undefined, there);
		expect(again.text).toBe(first.text);
		const { id } = await here.place(key.workspaceId);
		expect((await here.verify(again.body.token, id)).status).toBe(200);
		const { records } = await here.store.audit.list({ limit: 50, action: "keys.rotate", targetId: key.id });
		expect(records).toHaveLength(1);
	});

	it("treats equivalent bodies as equal, and rejects different ones", async () => {
		const first = await post(path, newKey);
		const reordered = '{ "scopes": ["bans.read"], "description": null,\n "kind": "game", "name": "Main" }';
		expect((await post(path, reordered)).text).toBe(first.text);
		for (const other of [
			{ ...newKey, name: "Other" },
			{ ...newKey, scopes: [] },
		]) {
			expect((await post(path, other)).body).toMatchObject({ status: 400, code: "idempotency_key_reused" });
		}
		expect(await keysOf()).toHaveLength(1);
	});

	it("belongs to one caller and one path", async () => {
		const first = await post(path, newKey);
		const neighbour = `/v1/workspaces/${(await here.workspace()).id}/keys`;
		const elsewhere = await post(neighbour, newKey);
		expect(elsewhere.body.id).not.toBe(first.body.id);
		const other = await here.adminToken();
		expect((await post(path, newKey, undefined, here, other)).body.code).toBe("name_taken");
		const weak = await here.adminToken(["keys.read"]);
		expect((await post(path, newKey, undefined, here, weak)).body.code).toBe("scope_missing");
	});

	it("of a signed-in person belongs to the account, in any browser, and not to its admin keys", async () => {
		person ??= await setUp(here);
		const second = await signIn(there, person);
		const { id: workspaceId } = await here.workspace();
		const invited = await invite(here, person, workspaceId, "viewer");
		const calls: [string, unknown][] = [
			[`/v1/workspaces/${workspaceId}/invitations`, { role: "viewer" }],
			["/v1/account/keys", { name: "Mine", scopes: [] }],
		];
		const headers = { "idempotency-key": `call ${count}` };
		const reset = { body: undefined, headers };
		const firstReset = await person.call("POST", `/v1/accounts/${invited.id}/reset`, reset);
		expect([firstReset.status, firstReset.body.link]).toEqual([200, expect.any(String)]);
		const againReset = await second.call("POST", `/v1/accounts/${invited.id}/reset`, reset);
		expect(againReset.text).toBe(firstReset.text);
		const made: Record<string, any> = {};
		for (const [to, body] of calls) {
			const first = await person.call("POST", to, { body, headers });
			expect([to, first.status]).toEqual([to, 201]);
			expect(first.body.link ?? first.body.token).toEqual(expect.any(String));
			expect((await second.call("POST", to, { body, headers })).text).toBe(first.text);
			made[to] = first.body;
		}
		const reused = await second.call("POST", "/v1/account/keys", {
			body: { name: "B", scopes: [] },
			headers,
		});
		expect(reused.body.code).toBe("idempotency_key_reused");
		const rotation = `/v1/account/keys/${made["/v1/account/keys"].id}/rotate`;
		const rotated = await person.call("POST", rotation, { body: { overlapSeconds: 0 }, headers });
		const again = await second.call("POST", rotation, { body: { overlapSeconds: 0 }, headers });
		expect([rotated.status, again.text]).toEqual([200, rotated.text]);
		const token = await here.adminToken(["*"], { accountId: person.id });
		const byKey = await here.call("POST", "/v1/account/keys", {
			token,
			headers,
			body: { name: "Mine", scopes: [] },
		});
		expect(byKey.body.code).toBe("name_taken");
		const open = await person.call("GET", `/v1/workspaces/${workspaceId}/invitations`);
		expect(open.body.data).toHaveLength(1);
	});

	it("returns no response to somebody who has lost the role since", async () => {
		person ??= await setUp(here);
		const { id: workspaceId } = await here.workspace();
		const owner = await invite(here, person, workspaceId, "owner");
		const to = `/v1/workspaces/${workspaceId}/invitations`;
		const options = { body: { role: "owner" }, headers: { "idempotency-key": "invite" } };
		expect((await owner.call("POST", to, options)).status).toBe(201);
		await invite(here, person, workspaceId, "owner");
		await person.call("PATCH", `/v1/workspaces/${workspaceId}/members/${owner.id}`, {
			body: { role: "admin" },
		});
		expect((await owner.call("POST", to, options)).body.code).toBe("role_missing");
	});

	it("is remembered for 24 hours, then forgotten", async () => {
		const first = await post(path, newKey);
		clock.advance(day - 1);
		expect((await post(path, newKey)).text).toBe(first.text);
		clock.advance(1);
		expect((await post(path, newKey)).body.code).toBe("name_taken");
		const next = await post(path, { ...newKey, name: "Next day" });
		expect(next.status).toBe(201);
		expect((await post(path, { ...newKey, name: "Next day" })).text).toBe(next.text);
	});

	it("returns the same response after its record has changed or ended", async () => {
		const input = { ...newKey, expiresAt: new Date(clock.now() + 1_000).toISOString() };
		const first = await post(path, input);
		await here.call("POST", `/v1/keys/${first.body.id}/revoke`, { token: admin });
		clock.advance(2_000);
		expect((await post(path, input)).text).toBe(first.text);
	});

	it("of a failed request is not remembered: the request can be repeated", async () => {
		await post(path, newKey, "another call");
		expect((await post(path, newKey)).body.code).toBe("name_taken");
		expect((await post(path, { ...newKey, name: 7 })).body.code).toBe("validation_failed");
		expect((await post(path, { ...newKey, name: "Free" })).status).toBe(201);
	});

	it("of concurrent requests on both instances gives all of them one response and one key", async () => {
		const answers = await Promise.all(
			Array.from({ length: 10 }, (_, n) => post(path, newKey, undefined, n % 2 === 0 ? here : there)),
		);
		expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
		expect(await keysOf()).toHaveLength(1);
		const { id } = answers[0]?.body ?? {};
		const rotations = await Promise.all(
			Array.from({ length: 6 }, (_, n) =>
				post(`/v1/keys/${id}/rotate`, {}, "rotating", n % 2 === 0 ? here : there),
			),
		);
		expect(new Set(rotations.map(({ body }) => body.token)).size).toBe(1);
	});

	it("finds the change when the response was lost between database and server", async () => {
		// The write succeeds before the connection is lost, as in a crash after the commit.
		here.store.failAfterwards((call) => (call === "keys.create" ? new StoreUnavailable("gone") : undefined));
		expect((await post(path, newKey)).body.code).toBe("unavailable");
		here.store.failAfterwards(undefined);
		const [made] = await keysOf();
		const again = await post(path, newKey);
		expect([again.status, again.body.id]).toEqual([201, made.id]);
		expect(again.body.token.startsWith(made.tokenStart)).toBe(true);
		expect(await keysOf()).toHaveLength(1);
	});

	it("does nothing while the database is unavailable, and everything once it is back", async () => {
		here.store.failWith((call) => (call === "idempotency.find" ? new StoreUnavailable("gone") : undefined));
		const refused = await post(path, newKey);
		expect(refused.body.code).toBe("unavailable");
		expect(refused.headers["retry-after"]).toMatch(/^[1-9]/);
		here.store.failWith(undefined);
		expect(await keysOf()).toHaveLength(0);
		expect((await post(path, newKey)).status).toBe(201);
	});

	it.each([
		["empty", ""],
		["too long", "x".repeat(129)],
		["with a tab", "a\tb"],
		["not ASCII", "caf\u00e9"],
	])("is refused when it is %s", async (_what, key) => {
		const { body } = await post(path, newKey, key);
		expect(body).toMatchObject({ code: "validation_failed", errors: [{ path: "Idempotency-Key" }] });
		expect(await keysOf()).toHaveLength(0);
	});

	it("can be any printable text of up to 128 characters, and is ignored where nothing is created", async () => {
		for (const key of ["x".repeat(128), "$where: {'a' = \"b\"} ~"]) {
			const body = { ...newKey, name: `Named ${key.length}` };
			expect((await post(path, body, key)).text).toBe((await post(path, body, key)).text);
		}
		const { body } = await here.call("GET", path, { token: admin, headers: { "idempotency-key": "" } });
		expect(body.data).toHaveLength(2);
	});
}

describe("an Idempotency-Key, on the embedded database", () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-idempotency-"));
	afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
	suite(() => ({ dataDir }));

	it("leaves no token in the database's files", async () => {
		const folder = mkdtempSync(join(tmpdir(), "placelock-idempotency-"));
		const server = await startServer({ dataDir: folder });
		const { id } = await server.workspace();
		const token = await server.adminToken();
		const headers = { "idempotency-key": "once" };
		const made = await server.call("POST", `/v1/workspaces/${id}/keys`, { token, headers, body: newKey });
		const files = ["placelock.db", "placelock.db-wal"].map((name) =>
			readFileSync(join(folder, name), "latin1"),
		);
		expect(files.join("")).toContain(made.body.id);
		expect(files.join("")).not.toContain(made.body.token.slice(21, 53));
		await server.close();

		// First the old secret is kept as a retired one, then it is gone.
		const current = "another secret for tests, long enough";
		for (const [retired, outcome] of [
			[[testSecrets.current], 201],
			[[], 401],
		] as const) {
			const next = await startServer({ dataDir: folder, secrets: { current, retired } });
			const again = await next.call("POST", `/v1/workspaces/${id}/keys`, { token, headers, body: newKey });
			expect(again.status).toBe(outcome);
			if (outcome === 201) expect(again.text).toBe(made.text);
			await next.close();
		}
		rmSync(folder, { recursive: true, force: true });
	});
});

describeWithMongo("an Idempotency-Key, on MongoDB", (mongodb) => {
	suite(() => ({ mongodbUri: mongodb.newUri() }));
});
