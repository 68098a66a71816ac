import { request } from "node:http";
import { newId } from "../../server/core/context.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { linesOf } from "../http/contractResponse.js";
import { call, type TestResponse } from "../support/call.js";
import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import type { Fixture } from "../support/seed.js";
import { useServer } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

function suite(place: () => { mongodbUri?: string }): void {
	const clock = new FakeClock();
	const server = useServer(() => ({ ...place(), clock }));
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
	const path = () => `/v1/workspaces/${home.workspace.id}`;
	const audit = async (query = "") => (await manage("GET", `${path()}/audit${query}`)).body;
	const adminKeyId = () => admin.slice("plk_adm_".length, "plk_adm_".length + 12);

	it("has an entry for every change, by its endpoint's name, with what changed and no secret", async () => {
		const { body: key } = await manage("POST", `${path()}/keys`, {
			name: "Second",
			kind: "game",
			scopes: [],
		});
		const changes: [string, string, string, unknown?][] = [
			["workspaces.change", "PATCH", path(), { name: "Renamed", idleDays: 5 }],
			["places.put", "PUT", `${path()}/places/77`, { name: "Arena" }],
			["places.change", "PATCH", `${path()}/places/77`, { status: "inactive" }],
			["places.delete", "DELETE", `${path()}/places/77`],
			[
				"keys.change",
				"PATCH",
				`/v1/keys/${key.id}`,
				{ expiresAt: new Date(clock.now() + 9_000).toISOString() },
			],
			["keys.disable", "POST", `/v1/keys/${key.id}/disable`],
			["keys.enable", "POST", `/v1/keys/${key.id}/enable`],
			["keys.rotate", "POST", `/v1/keys/${key.id}/rotate`, {}],
			["keys.revoke", "POST", `/v1/keys/${key.id}/revoke`],
			["keys.delete", "DELETE", `/v1/keys/${key.id}`],
		];
		const secrets = [key.token];
		for (const [action, method, to, body] of changes) {
			clock.advance(1);
			const response = await manage(method, to, body);
			if (response.body?.token !== undefined) secrets.push(response.body.token);
			expect(response.status).toBeLessThan(300);
			const [entry] = (await audit("?limit=1")).data;
			expect(entry).toMatchObject({
				action,
				at: new Date(clock.now()).toISOString(),
				actor: { type: "account", keyId: adminKeyId() },
				address: "127.0.0.1",
			});
			expect(entry.before ?? entry.after).toBeDefined();
		}
		const { data } = await audit("?limit=100");
		expect(data.map((entry: { action: string }) => entry.action).slice(0, changes.length)).toEqual(
			changes.map(([action]) => action).reverse(),
		);
		for (const secret of secrets) expect(JSON.stringify(data)).not.toContain(secret.slice(21, 53));
		expect(JSON.stringify(data)).not.toMatch(/digest/i);
		const renamed = data.find((entry: { action: string }) => entry.action === "workspaces.change");
		expect([renamed.before, renamed.after]).toEqual([
			{ name: "Obby Studio" },
			{ name: "Renamed", idleDays: 5 },
		]);
		const expiring = data.find((entry: { action: string }) => entry.action === "keys.change");
		expect(expiring.after.expiresAt).toMatch(/^\d{4}-.*Z$/);
	});

	it("has none for rejected requests", async () => {
		const { data: before } = await audit();
		await manage("POST", `${path()}/keys`, { name: home.key.name, kind: "game", scopes: [] });
		await manage("DELETE", `/v1/keys/${home.key.id}`);
		await manage("DELETE", path());
		expect((await audit()).data).toEqual(before);
	});

	it("can be filtered, and read page by page with the same filters", async () => {
		for (let n = 0; n < 3; n++) {
			clock.advance(1_000);
			await manage("PATCH", `/v1/keys/${home.key.id}`, { name: `Name ${n}` });
		}
		const since = new Date(clock.now() - 1_000).toISOString();
		const now = new Date(clock.now()).toISOString();
		const counts: [string, number][] = [
			["actor=command-line", 3],
			["actor=acc_operator", 3],
			["actor=acc_nobody", 0],
			[`keyId=${adminKeyId()}`, 3],
			["action=keys.change", 3],
			[`targetId=${home.key.id}`, 4],
			[`from=${since}`, 2],
			[`from=${since}&to=${now}`, 1],
			[`action=keys.change&targetId=${home.key.id}&actor=acc_operator&from=${since}`, 2],
		];
		for (const [query, count] of counts) {
			expect([query, (await audit(`?${query}`)).data.length]).toEqual([query, count]);
		}
		const first = await audit("?action=keys.change&limit=2");
		const second = await audit(`?action=keys.change&limit=2&cursor=${first.nextCursor}`);
		expect([first.data.length, second.data.length, second.nextCursor]).toEqual([2, 1, undefined]);
	});

	it("belongs to one workspace, and requires its scope", async () => {
		const token = await server.adminToken(["keys.read"]);
		for (const to of [`${path()}/audit`, `${path()}/audit/export`]) {
			expect((await server.call("GET", to, { token })).body.code).toBe("scope_missing");
		}
		for (const to of ["/v1/workspaces/ws_nowhere/audit", "/v1/workspaces/ws_nowhere/audit/export"]) {
			expect((await manage("GET", to)).body.code).toBe("not_found");
		}
		const neighbour = await server.fixture();
		expect(JSON.stringify(await audit())).not.toContain(neighbour.workspace.id);
		expect((await audit("?action=")).code).toBe("validation_failed");
		expect((await audit("?action=keys.rotated")).errors).toEqual([
			{ path: "action", message: expect.stringContaining("keys.rotate, ") },
		]);
		const backwards = "?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z";
		for (const to of [`${path()}/audit`, `${path()}/audit/export`, "/v1/audit", "/v1/audit/export"]) {
			expect((await manage("GET", to + backwards)).body).toMatchObject({
				code: "validation_failed",
				errors: [{ path: "from", message: "must be earlier than `to`" }],
			});
		}
	});

	describe("exported", () => {
		const exported = (query = "") => manage("GET", `${path()}/audit/export${query}`);

		it("is what the list shows, line by line, with the same filters", async () => {
			await manage("PATCH", `/v1/keys/${home.key.id}`, { name: "Line\nbreak \u2028 日本" });
			const { data } = await audit("?limit=100");
			expect(linesOf((await exported()).text)).toEqual(data);
			const some = linesOf((await exported("?action=keys.change")).text);
			expect(some).toEqual(data.filter((entry: { action: string }) => entry.action === "keys.change"));
			expect((await exported("?action=database.restore")).text).toBe("");
			expect((await exported("?limit=5")).body.code).toBe("validation_failed");
			const head = await manage("HEAD", `${path()}/audit/export`);
			expect([head.status, head.headers["content-type"]]).toEqual([200, "application/x-ndjson"]);
		});

		describe("when it is long", () => {
			const length = 1_100;
			let long: string;
			beforeAll(async () => {
				long = (await server.workspace()).id;
				for (let n = 0; n < length; n++) {
					await server.store.places.allow(
						{ workspaceId: long, id: "5", status: "active", createdAt: n, updatedAt: n },
						{
							id: newId("aud"),
							at: clock.now() - (n >> 1),
							actor: { type: "command-line" },
							action: "places.put",
							workspaceId: long,
							targetType: "place",
							targetId: "5",
							after: { name: "x".repeat(2_000) },
						},
					);
				}
			}, 60_000);
			beforeEach(() => server.store.clearCalls());
			const whole = (query = "") => `/v1/workspaces/${long}/audit/export${query}`;

			it("is read page by page, complete, in order, each entry once", async () => {
				const lines = linesOf((await manage("GET", whole("?action=places.put&targetId=5"))).text);
				expect(lines).toHaveLength(length);
				expect(new Set(lines.map(({ id }) => id)).size).toBe(length);
				const times = lines.map(({ at }) => at);
				expect(times).toEqual([...times].sort().reverse());
				expect(server.store.calls.filter((each) => each === "audit.list")).toHaveLength(3);
			});

			it("breaks the connection if the database becomes unavailable in the middle, and sends a problem at the start", async () => {
				let reads = 0;
				server.store.failWith((each) =>
					each === "audit.list" && ++reads === 3 ? new StoreUnavailable("gone") : undefined,
				);
				await expect(manage("GET", whole())).rejects.toThrow(/aborted|hang up|ECONNRESET/);
				reads = 2;
				expect((await manage("GET", whole())).body.code).toBe("unavailable");
				server.store.failWith(undefined);
				expect(
					server.logs.some((line) => line.endpoint === "audit.export" && line.code === "unavailable"),
				).toBe(true);
			});

			it("waits for a client that does not read, and stops for one that has disconnected", async () => {
				const reads = () => server.store.calls.filter((each) => each === "audit.list").length;
				const sent = request(server.origin + whole(), {
					headers: { authorization: `Bearer ${admin}` },
				}).end();
				const response = await new Promise<import("node:http").IncomingMessage>((resolve) =>
					sent.once("response", resolve),
				);
				response.pause();
				await waitFor("a page", () => reads() > 0);
				sent.destroy();
				response.on("error", () => {});
				// The server notices, and serves others as before.
				await waitFor("the end of the export", () =>
					server.logs.some((line) => line.endpoint === "audit.export" && line.status === 200),
				);
				expect(reads()).toBeLessThanOrEqual(3);
				expect((await call(server.origin, "GET", "/livez")).status).toBe(200);
			});
		});
	});
}

describe("the audit, on the embedded database", () => suite(() => ({})));
describeWithMongo("the audit, on MongoDB", (mongodb) => suite(() => ({ mongodbUri: mongodb.newUri() })));
