import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "../../server/primitives/clock.js";
import { openMongoStore } from "../../server/storage/mongo/openMongoStore.js";
import { type Store, StoreMisconfigured, StoreUnavailable } from "../../server/store/store.js";
import type { PrivateMongodb } from "../support/mongodb/privateServer.js";
import { describeWithMongo, describeWithPrivateMongo } from "../support/mongodb.js";
import { openTcpProxy, type TcpProxy } from "../support/tcpProxy.js";
import { waitFor } from "../support/waitFor.js";
import { FeedRecorder } from "./feedRecorder.js";
import { audit, key, workspace } from "./samples.js";
import { trackHandles } from "./testDatabase.js";

/** How long a call may wait for a silent database, milliseconds. The store itself gives up after three seconds. */
const promisedMs = 5_000;

describeWithMongo("the MongoDB store, when the network fails", (mongodb) => {
	let proxy: TcpProxy;
	let direct: Store;
	let proxied: Store;
	let recorder: FeedRecorder;
	const home = workspace({ maxKeys: 1_000_000 });

	beforeEach(async () => {
		const uri = mongodb.newUri();
		const { hostname, port } = new URL(uri.replace(/^mongodb:/, "http:"));
		proxy = await openTcpProxy(hostname, Number(port || 27_017));
		// A driver that discovers the set would bypass the proxy.
		const through = new URL(uri.replace(/^mongodb:/, "http:"));
		through.host = `127.0.0.1:${proxy.port}`;
		through.searchParams.set("directConnection", "true");
		direct = await openMongoStore({ uri, clock: systemClock });
		proxied = await openMongoStore({ uri: through.href.replace(/^http:/, "mongodb:"), clock: systemClock });
		await direct.workspaces.create(home, audit());
		recorder = new FeedRecorder();
		await proxied.changes.subscribe(recorder);
		await recorder.waitForConfirmation();
	});
	afterEach(async () => {
		proxy.pass();
		await Promise.all([direct.close(), proxied.close()]);
		await proxy.close();
	});

	/** Creates a key through the other store; the feed must deliver it sooner or later. */
	async function createElsewhere(): Promise<{ type: "key"; id: string }> {
		const record = key(home.id);
		await direct.keys.create(record, audit());
		return { type: "key", id: record.id };
	}

	async function expectDelivered(change: { type: "key"; id: string }): Promise<void> {
		await recorder.waitForConfirmation();
		expect(recorder.has(change) || recorder.has({ type: "everything" })).toBe(true);
	}

	it("continues after connections were cut, without losing a change", async () => {
		const before = await createElsewhere();
		await recorder.waitForChange(before);
		proxy.cut();
		const missed = await createElsewhere();
		proxy.pass();
		await expectDelivered(missed);
		await recorder.waitForChange(await createElsewhere());
		// It had a token to resume from.
		expect(recorder.has(missed)).toBe(true);
		expect(recorder.has({ type: "everything" })).toBe(false);
	});

	it("drops everything when it has no token to resume from", async () => {
		proxy.cut();
		await createElsewhere();
		proxy.pass();
		await recorder.waitForChange({ type: "everything" });
		await recorder.waitForChange(await createElsewhere());
	});

	it("stops confirming on a connection that is open but dead, and catches up later", async () => {
		proxy.hold();
		const missed = await createElsewhere();
		const lost = performance.now();
		await pause(1_500);
		// What was in transit when the line went dead may still have arrived.
		expect(recorder.confirmations.filter((at) => at > lost)).toEqual([]);
		expect(recorder.has(missed)).toBe(false);
		proxy.cut();
		proxy.pass();
		await expectDelivered(missed);
	});

	it.each([120, 300])(
		"confirms nothing until all of a backlog of %i changes is delivered",
		async (changes) => {
			// A place to resume from, so that the backlog is delivered and not replaced by "everything".
			await recorder.waitForChange(await createElsewhere());
			proxy.cut();
			for (let i = 1; i < changes; i++) await createElsewhere();
			const last = await createElsewhere();
			const lastMadeAt = performance.now();
			const confirmedTooEarly: number[] = [];
			const subscription = await proxied.changes.subscribe({
				changed: () => {},
				confirmed: (at) => {
					if (at > lastMadeAt && !recorder.has(last)) confirmedTooEarly.push(at);
				},
			});
			proxy.pass();
			await recorder.waitForConfirmation();
			expect(recorder.has(last)).toBe(true);
			expect(confirmedTooEarly).toEqual([]);
			expect(recorder.has({ type: "everything" })).toBe(false);
			await subscription.close();
		},
	);

	it("goes on confirming while changes come in without a pause", async () => {
		let writing = true;
		const writes = (async () => {
			while (writing) await createElsewhere();
		})();
		await recorder.waitForChange(await createElsewhere());
		for (let turn = 0; turn < 5; turn++) await recorder.waitForConfirmation(2_000);
		writing = false;
		await writes;
	});

	it.each(["cut", "hold"] as const)("rejects with StoreUnavailable within seconds: %s", async (fault) => {
		proxy[fault]();
		const calls = [
			() => proxied.keys.findById("k_any"),
			() => proxied.keys.create(key(home.id), audit()),
			() => proxied.usage.add([{ keyId: "k_any", hours: [{ hour: 0, verified: 1, refused: 0 }] }]),
			() => proxied.ping(),
		];
		const began = performance.now();
		const outcomes = await Promise.allSettled(calls.map((call) => call()));
		expect(performance.now() - began).toBeLessThan(promisedMs);
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StoreUnavailable) });
		}
		proxy.cut();
		proxy.pass();
		await waitFor("the store to answer again", () =>
			proxied.ping().then(
				() => true,
				() => false,
			),
		);
		expect(await proxied.workspaces.findById(home.id)).toEqual(home);
	});

	/** Loses what is sent from now on, for longer than a caller waits; the connections end, as a dead peer's do. */
	async function loseEverythingFor(ms: number): Promise<void> {
		proxy.hold();
		await pause(ms);
		proxy.pass();
	}

	/** So that commands go out on connections that are there, and are lost with them. */
	async function openConnections(): Promise<void> {
		await Promise.all(Array.from({ length: 8 }, () => proxied.keys.create(key(home.id), audit())));
	}

	it("carries out no change whose caller was told that it failed", async () => {
		const records = [key(home.id), key(home.id), key(home.id)];
		await openConnections();
		const silence = loseEverythingFor(4_000);
		const outcomes = await Promise.allSettled(records.map((each) => proxied.keys.create(each, audit())));
		expect(outcomes.map(({ status }) => status)).toEqual(records.map(() => "rejected"));
		await silence;
		// Longer than a transaction that meets others is run again.
		await pause(2_000);
		for (const { id } of records) expect(await direct.keys.findById(id)).toBeUndefined();
	});

	it("counts a batch of usage once that is written again after a silence", async () => {
		const batch = {
			id: randomUUID(),
			usage: [{ keyId: "k_once", hours: [{ hour: 0, verified: 100, refused: 0 }] }],
		};
		await openConnections();
		const silence = loseEverythingFor(4_000);
		await expect(proxied.usage.add(batch.usage)).rejects.toThrow(StoreUnavailable);
		await silence;
		await waitFor("the batch to be written", () =>
			proxied.usage.add(batch.usage).then(
				() => true,
				() => false,
			),
		);
		await pause(2_000);
		expect(await direct.usage.hours("k_once", 0, 1)).toEqual([{ hour: 0, verified: 100, refused: 0 }]);
	});
});

describeWithPrivateMongo("the MongoDB store, when the server dies", (start) => {
	const handles = trackHandles((uri: string) => openMongoStore({ uri, clock: systemClock }));
	let server: PrivateMongodb | undefined;
	afterEach(async () => {
		await handles.closeAll();
		await server?.remove();
	});

	it("rejects a standalone mongod, with the command that makes it a replica set", async () => {
		server = await start({ lone: true });
		const error = await handles.open(server.uri("placelock")).catch((reason) => reason);
		expect(error).toBeInstanceOf(StoreMisconfigured);
		expect(error.code).toBe("no_replica_set");
		expect(error.message).toContain("--replSet rs0");
		expect(error.message).toMatch(/mongosh (--port \d+ )?--eval 'rs\.initiate\(\)'/);
	});

	it("keeps every acknowledged change when the server is killed, and its feed continues", async () => {
		server = await start();
		const store = await handles.open(server.uri("placelock"));
		const home = workspace({ maxKeys: 1_000_000 });
		await store.workspaces.create(home, audit());
		const recorder = new FeedRecorder();
		await store.changes.subscribe(recorder);

		const acknowledged: string[] = [];
		const writing = (async () => {
			for (;;) {
				const record = key(home.id);
				await store.keys.create(record, audit({ targetId: record.id }));
				acknowledged.push(record.id);
			}
		})();
		await waitFor("twenty keys", () => acknowledged.length >= 20);
		await server.kill();
		await expect(writing).rejects.toThrow(StoreUnavailable);
		const lost = performance.now();
		await expect(store.ping()).rejects.toThrow(StoreUnavailable);
		expect(recorder.confirmations.filter((at) => at > lost)).toEqual([]);

		await server.start();
		await waitFor("the store to answer again", () =>
			store.ping().then(
				() => true,
				() => false,
			),
		);
		for (const id of acknowledged) expect(await store.keys.findById(id)).toBeDefined();
		const audited = await store.audit.list({ limit: 10_000 });
		const keys = await store.keys.list(home.id, { limit: 10_000 });
		const targets = audited.records.map((entry) => entry.targetId).filter((id) => id.startsWith("k_"));
		expect(targets.sort()).toEqual(keys.records.map((each) => each.id).sort());

		await recorder.waitForConfirmation();
		const after = key(home.id);
		await store.keys.create(after, audit());
		await recorder.waitForChange({ type: "key", id: after.id });
	}, 60_000);
});
