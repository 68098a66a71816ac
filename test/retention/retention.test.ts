import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtInOperatorId } from "../../server/model/account.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { audit, invitation, session } from "../storage/samples.js";
import { FakeClock } from "../support/clock.js";
import { describeWithMongo } from "../support/mongodb.js";
import type { Fixture } from "../support/seed.js";
import { startServer, type TestServer } from "../support/server.js";
import { waitFor } from "../support/waitFor.js";

const hour = 3_600_000;
const day = 24 * hour;
const nothing = {
	usage: 0,
	orphans: 0,
	activity: 0,
	denials: 0,
	idempotencyRecords: 0,
	sessions: 0,
	links: 0,
};

/** Two instances on one database, a new one for each test. */
function suite(place: () => { dataDir?: string; mongodbUri?: string }): void {
	let clock: FakeClock;
	let here: TestServer;
	let there: TestServer;
	let admin: string;
	let home: Fixture;

	beforeEach(async () => {
		// Ahead of the system clock: MongoDB deletes what has expired by that one.
		clock = new FakeClock(Date.UTC(2100, 3, 14, 12));
		const shared = place();
		here = await startServer({ ...shared, clock });
		there = await startServer({ ...shared, clock });
		admin = await here.adminToken();
		home = await here.fixture();
	});
	afterEach(async () => {
		await there.close();
		await here.close();
	});

	const get = async (what: string) =>
		(await here.call("GET", `/v1/workspaces/${home.workspace.id}/${what}`, { token: admin })).body;

	it("runs on one instance in an hour, and on any instance in the next", async () => {
		expect(await here.app.retain()).toEqual(nothing);
		expect(await there.app.retain()).toBeUndefined();
		expect(await here.app.retain()).toBeUndefined();
		clock.advance(hour - 1);
		expect(await there.app.retain()).toBeUndefined();
		clock.advance(1);
		expect(await there.app.retain()).toEqual(nothing);
		expect(await here.app.retain()).toBeUndefined();
	});

	it("runs once when all instances start it at the same moment", async () => {
		for (let round = 0; round < 4; round++) {
			const done = await Promise.all([here, there, here, there].map(({ app }) => app.retain()));
			expect(done.filter((one) => one !== undefined)).toEqual([nothing]);
			clock.advance(hour);
		}
	});

	it("deletes counts and denials after 90 days and stored responses after one, and keeps the audit log", async () => {
		const headers = { "idempotency-key": "once" };
		await here.call("POST", "/v1/workspaces", { token: admin, headers, body: { name: "A" } });
		await here.verify(home.token, home.place.id);
		await here.verify(home.token, "1");
		await here.app.writeUsage();
		const before = await get("audit");

		clock.advance(day - 1);
		expect(await here.app.retain()).toEqual(nothing);
		clock.advance(hour);
		expect(await here.app.retain()).toEqual({ ...nothing, idempotencyRecords: 1, activity: 1 });

		clock.advance(89 * day);
		expect(await here.app.retain()).toEqual(nothing);
		expect((await get("denials")).data).toHaveLength(1);
		clock.advance(9 * day);
		await here.verify(home.token, home.place.id);
		await here.app.writeUsage();
		expect(await there.app.retain()).toMatchObject({ denials: 1, orphans: 0 });
		expect((await get("denials")).data).toEqual([]);
		const left = await here.store.usage.hours(home.key.id, 0, clock.now() + day);
		expect(left).toHaveLength(1);
		expect(await here.store.usage.lastUse(home.key.id)).toBeDefined();
		expect(await get("audit")).toEqual(before);
	});

	it("deletes what was counted of a key after the key was deleted", async () => {
		await there.verify(home.token, home.place.id);
		await here.call("POST", `/v1/keys/${home.key.id}/revoke`, { token: admin });
		await here.call("DELETE", `/v1/keys/${home.key.id}`, { token: admin });
		await there.app.writeUsage();
		expect(await here.store.usage.lastUse(home.key.id)).toBeDefined();
		expect(await here.app.retain()).toEqual({ ...nothing, orphans: 1 });
		expect(await here.store.usage.lastUse(home.key.id)).toBeUndefined();
		// The workspace's totals still contain the request.
		expect((await get("usage")).total).toEqual({ verified: 1, denied: 0 });
	});

	it("deletes ended and unused sessions, and expired links", async () => {
		const { accounts, sessions, oneTimeLinks } = here.store;
		const now = clock.now();
		const sessionUntil = (expiresAt: number) =>
			session(builtInOperatorId, { createdAt: now, lastSeenAt: now, expiresAt });
		const [short, unused, used] = [
			sessionUntil(now + hour),
			sessionUntil(now + 9 * day),
			sessionUntil(now + 9 * day),
		];
		for (const each of [short, unused, used]) await sessions.begin(each, audit());
		const link = invitation(home.workspace.id, { createdAt: now, expiresAt: now + hour });
		await oneTimeLinks.create(link, audit());
		expect(await here.app.retain()).toEqual(nothing);

		clock.advance(hour);
		await sessions.touch(used.id, clock.now());
		expect(await here.app.retain()).toEqual({ ...nothing, sessions: 1, links: 1 });
		expect(await oneTimeLinks.findByDigest(link.digest)).toBeUndefined();
		clock.advance(day - 1);
		expect(await here.app.retain()).toEqual({ ...nothing, sessions: 1 });
		expect((await sessions.listOf(builtInOperatorId)).map(({ id }) => id)).toEqual([used.id]);
		expect(await accounts.findById(builtInOperatorId)).toMatchObject({ lastSignInAt: now });
	});

	it("is immediately taken over by another instance when one fails", async () => {
		here.store.failWith((call) => (call === "usage.deleteBefore" ? new StoreUnavailable("gone") : undefined));
		expect(await here.app.retain()).toBeUndefined();
		expect(here.logs.map(({ msg }) => msg)).toContain("retention cleanup failed");
		expect(await there.app.retain()).toEqual(nothing);
	});

	it("runs once the database is back, on an instance that could not even take the lease", async () => {
		here.store.failWith(() => new StoreUnavailable("gone"));
		expect(await here.app.retain()).toBeUndefined();
		here.store.failWith(undefined);
		expect(await here.app.retain()).toEqual(nothing);
	});

	it("is not delayed forever by a clock that is set back", async () => {
		expect(await here.app.retain()).toEqual(nothing);
		clock.set(clock.now() - 300 * day);
		expect(await here.app.retain()).toEqual(nothing);
	});

	it("stops after the current step when the server closes", async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		here.store.holdUntil((call) => (call === "usage.deleteBefore" ? held : undefined));
		const retaining = here.app.retain();
		await waitFor("the first step", () => here.store.calls.includes("usage.deleteBefore"));
		const closing = here.app.close(0);
		let closed = false;
		void closing.then(() => {
			closed = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		expect(closed).toBe(false);
		here.store.clearCalls();
		release();
		await Promise.all([retaining, closing]);
		expect(here.store.calls.filter((call) => call.includes("drop"))).toEqual([]);
	});
}

describe("retention, on the embedded database", () => {
	const folders: string[] = [];
	afterAll(() => {
		for (const folder of folders) rmSync(folder, { recursive: true, force: true });
	});
	suite(() => {
		const dataDir = mkdtempSync(join(tmpdir(), "placelock-retention-"));
		folders.push(dataDir);
		return { dataDir };
	});
});
describeWithMongo("retention, on MongoDB", (mongodb) => suite(() => ({ mongodbUri: mongodb.newUri() })));
