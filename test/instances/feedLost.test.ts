import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordLifeMs } from "../../server/primitives/freshness.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { useServerPerTest } from "../support/useServer.js";
import { waitFor } from "../support/waitFor.js";

/** Two instances: the test cuts the feed of one and moves its clock. */
describe("an instance whose change feed is lost", () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-feed-"));
	const clock = new FakeClock();
	const server = useServerPerTest({ dataDir, clock: new FakeClock() });
	const disconnected = useServerPerTest({ dataDir, clock });
	let fixture: Fixture;
	let admin: string;

	beforeEach(async () => {
		fixture = await server.fixture();
		admin = await server.adminToken();
		// A confirmation from now on: everything above has been delivered.
		clock.advance(1);
		await waitFor("a confirmation", async () => (await feedAge()) === 0);
		expect(await outcome()).toBe("ok");
		disconnected.store.cutFeed();
		// From here on nothing is confirmed: records in memory age with the clock.
	});
	afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

	const outcome = async () => (await disconnected.verify(fixture.token, fixture.place.id)).body.code ?? "ok";
	const feedAge = async () => {
		const { text } = await disconnected.call("GET", "/metrics");
		return Number(/^placelock_change_feed_age_seconds (\S+)$/m.exec(text)?.[1]);
	};
	const manage = (method: string, path: string, body?: unknown) =>
		server.call(method, path, { token: admin, body });

	it.each<[string, () => Promise<unknown>, string]>([
		["a revocation", () => manage("POST", `/v1/keys/${fixture.key.id}/revoke`), "key_revoked"],
		[
			"a suspension",
			() => manage("PATCH", `/v1/workspaces/${fixture.workspace.id}`, { status: "suspended" }),
			"workspace_suspended",
		],
		[
			"a deleted place",
			() => manage("DELETE", `/v1/workspaces/${fixture.workspace.id}/places/${fixture.place.id}`),
			"place_not_allowed",
		],
	])("learns of %s within 5 s", async (_title, change, expected) => {
		await change();
		clock.advance(recordLifeMs);
		expect(await outcome()).toBe("ok");
		clock.advance(1);
		expect(await outcome()).toBe(expected);
	});

	it.each<[string, () => Promise<unknown>, string]>([
		[
			"keys",
			() => disconnected.call("POST", `/v1/keys/${fixture.key.id}/disable`, { token: admin }),
			"key_disabled",
		],
		[
			"workspaces",
			() =>
				disconnected.call("PATCH", `/v1/workspaces/${fixture.workspace.id}`, {
					token: admin,
					body: { status: "suspended" },
				}),
			"workspace_suspended",
		],
		[
			"places",
			() =>
				disconnected.call("PATCH", `/v1/workspaces/${fixture.workspace.id}/places/${fixture.place.id}`, {
					token: admin,
					body: { status: "inactive" },
				}),
			"place_inactive",
		],
	])("knows its own changes of %s before it responds", async (_title, change, expected) => {
		await change();
		expect(await outcome()).toBe(expected);
	});

	it("uses no record for longer than 5 s when the store is unreachable: 503 with Retry-After until it is back", async () => {
		disconnected.store.failWith(() => new StoreUnavailable("gone, on purpose"));
		clock.advance(recordLifeMs);
		expect(await outcome()).toBe("ok");
		clock.advance(1);
		for (let i = 0; i < 3; i++) {
			const { status, headers, body } = await disconnected.verify(fixture.token, fixture.place.id);
			expect([status, body.code, Number(headers["retry-after"]) > 0]).toEqual([503, "unavailable", true]);
		}
		disconnected.store.failWith(undefined);
		expect(await outcome()).toBe("ok");
	});

	it("still denies made-up tokens without the store", async () => {
		disconnected.store.failWith(() => new StoreUnavailable("gone, on purpose"));
		clock.advance(recordLifeMs + 1);
		expect((await disconnected.verify(`${fixture.token}x`, fixture.place.id)).body.code).toBe("key_unknown");
	});

	it("reports how long the feed has been silent", async () => {
		clock.advance(7_000);
		expect(await feedAge()).toBe(7);
	});

	it("trusts its memory again when the feed is back, after dropping what it may have missed", async () => {
		await manage("POST", `/v1/keys/${fixture.key.id}/disable`);
		expect(await outcome()).toBe("ok");
		disconnected.store.restoreFeed();
		expect(await outcome()).toBe("key_disabled");
		await manage("POST", `/v1/keys/${fixture.key.id}/enable`);
		await waitFor("the change", async () => (await outcome()) === "ok");
		for (let i = 0; i < 3; i++) {
			clock.advance(recordLifeMs);
			await waitFor("a confirmation", async () => (await feedAge()) === 0);
			disconnected.store.clearCalls();
			expect(await outcome()).toBe("ok");
			expect(disconnected.store.calls).toEqual([]);
		}
	});
});
