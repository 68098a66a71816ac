import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordLifeMs } from "../../server/primitives/freshness.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { FakeClock } from "../support/clock.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";
import { waitFor } from "../support/waitFor.js";

/** Two instances; the feed of one is cut on purpose, and its clock is moved by hand. */
describe("an instance whose change feed is lost", () => {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-feed-"));
	const clock = new FakeClock();
	let here: TestServer;
	let deaf: TestServer;
	let home: Fixture;
	let admin: string;

	beforeEach(async () => {
		here = await startServer({ dataDir, clock: new FakeClock() });
		deaf = await startServer({ dataDir, clock });
		home = await here.fixture();
		admin = await here.adminToken();
		// A confirmation from now on: all of the above has been heard of.
		clock.advance(1);
		await waitFor("a confirmation", async () => (await feedAge()) === 0);
		expect(await outcome()).toBe("ok");
		deaf.store.cutFeed();
		// From here on nothing is confirmed: what is in memory ages with the clock.
	});
	afterEach(async () => {
		await here.close();
		await deaf.close();
	});
	afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

	const outcome = async () => (await deaf.verify(home.token, home.place.id)).body.code ?? "ok";
	const feedAge = async () => {
		const { text } = await deaf.call("GET", "/metrics");
		return Number(/^placelock_change_feed_age_seconds (\S+)$/m.exec(text)?.[1]);
	};
	const manage = (method: string, path: string, body?: unknown) =>
		here.call(method, path, { token: admin, body });

	it.each<[string, () => Promise<unknown>, string]>([
		["a revocation", () => manage("POST", `/v1/keys/${home.key.id}/revoke`), "key_revoked"],
		[
			"a suspension",
			() => manage("PATCH", `/v1/workspaces/${home.workspace.id}`, { status: "suspended" }),
			"workspace_suspended",
		],
		[
			"the end of a place",
			() => manage("DELETE", `/v1/workspaces/${home.workspace.id}/places/${home.place.id}`),
			"place_not_allowed",
		],
	])("learns of %s after 5 s at the latest", async (_title, change, expected) => {
		await change();
		clock.advance(recordLifeMs);
		expect(await outcome()).toBe("ok");
		clock.advance(1);
		expect(await outcome()).toBe(expected);
	});

	it.each<[string, () => Promise<unknown>, string]>([
		["keys", () => deaf.call("POST", `/v1/keys/${home.key.id}/disable`, { token: admin }), "key_disabled"],
		[
			"workspaces",
			() =>
				deaf.call("PATCH", `/v1/workspaces/${home.workspace.id}`, {
					token: admin,
					body: { status: "suspended" },
				}),
			"workspace_suspended",
		],
		[
			"places",
			() =>
				deaf.call("PATCH", `/v1/workspaces/${home.workspace.id}/places/${home.place.id}`, {
					token: admin,
					body: { status: "inactive" },
				}),
			"place_inactive",
		],
	])("knows its own changes of %s before it answers", async (_title, change, expected) => {
		await change();
		expect(await outcome()).toBe(expected);
	});

	it("uses nothing past its 5 s when the store is out of reach: 503 with Retry-After, until it is back", async () => {
		deaf.store.failWith(() => new StoreUnavailable("gone, on purpose"));
		clock.advance(recordLifeMs);
		expect(await outcome()).toBe("ok");
		clock.advance(1);
		for (let i = 0; i < 3; i++) {
			const { status, headers, body } = await deaf.verify(home.token, home.place.id);
			expect([status, body.code, Number(headers["retry-after"]) > 0]).toEqual([503, "unavailable", true]);
		}
		deaf.store.failWith(undefined);
		expect(await outcome()).toBe("ok");
	});

	it("goes on refusing what nobody made, without the store", async () => {
		deaf.store.failWith(() => new StoreUnavailable("gone, on purpose"));
		clock.advance(recordLifeMs + 1);
		expect((await deaf.verify(`${home.token}x`, home.place.id)).body.code).toBe("key_unknown");
	});

	it("says how long it has heard nothing", async () => {
		clock.advance(7_000);
		expect(await feedAge()).toBe(7);
	});

	it("trusts its memory again when the feed is back, after dropping what it may have missed", async () => {
		await manage("POST", `/v1/keys/${home.key.id}/disable`);
		expect(await outcome()).toBe("ok");
		deaf.store.restoreFeed();
		expect(await outcome()).toBe("key_disabled");
		await manage("POST", `/v1/keys/${home.key.id}/enable`);
		await waitFor("the news", async () => (await outcome()) === "ok");
		for (let i = 0; i < 3; i++) {
			clock.advance(recordLifeMs);
			await waitFor("a confirmation", async () => (await feedAge()) === 0);
			deaf.store.clearCalls();
			expect(await outcome()).toBe("ok");
			expect(deaf.store.calls).toEqual([]);
		}
	});
});
