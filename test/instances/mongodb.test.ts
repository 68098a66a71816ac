import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import type { Store } from "../../server/store/store.js";
import type { PrivateMongodb } from "../support/mongodb/privateServer.js";
import { describeWithMongo, describeWithPrivateMongo } from "../support/mongodb.js";
import { type ListeningProcess, startProcess } from "../support/process.js";
import { createSeed, type Fixture } from "../support/seed.js";
import { openTcpProxy, type TcpProxy } from "../support/tcpProxy.js";
import { waitFor } from "../support/waitFor.js";
import { outcomeAt, type Pair, revocationPromise } from "./promise.js";

/** What the promise degrades to when the feed is lost, milliseconds. */
const degradedMs = 5_000;

const folder = mkdtempSync(join(tmpdir(), "placelock-instances-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithMongo("two server processes on one MongoDB", (mongodb) => {
	const uri = mongodb.newUri();
	let store: Store;
	let pair: Pair;
	let proxy: TcpProxy;
	beforeAll(async () => {
		const direct = new URL(uri);
		proxy = await openTcpProxy(direct.hostname, Number(direct.port || 27_017));
		const proxied = new URL(uri);
		proxied.port = String(proxy.port);
		// Otherwise the driver would connect to the server's own address.
		proxied.searchParams.set("directConnection", "true");
		const [server, otherServer] = await Promise.all([
			startProcess({ MONGODB_URI: uri }, folder),
			startProcess({ MONGODB_URI: proxied.href }, folder),
		]);
		store = await openStore({ mongodbUri: uri, dataDir: folder }, systemClock);
		pair = { server, otherServer, seed: createSeed(store, systemClock) };
	});
	afterAll(async () => {
		await store.close();
		await Promise.all([pair.server.kill(), pair.otherServer.kill()]);
		await proxy.close();
	});

	describe("the promise of a second", () => revocationPromise(() => pair));

	it("becomes one of five seconds for an instance without a connection to MongoDB, which recovers by itself", async () => {
		const home = await pair.seed.fixture();
		const admin = await pair.seed.adminToken();
		expect(await outcomeAt(pair.otherServer, home)).toBe("ok");
		proxy.hold();
		const revoked = await pair.server.call("POST", `/v1/keys/${home.key.id}/revoke`, { token: admin });
		expect(revoked.status).toBe(200);
		const revokedAt = performance.now();
		// In memory, and not too old yet.
		expect(await outcomeAt(pair.otherServer, home)).toBe("ok");
		let lastGranted = performance.now();
		await waitFor("a denial", async () => {
			const askedAt = performance.now();
			const outcome = await outcomeAt(pair.otherServer, home);
			if (outcome === "ok") lastGranted = askedAt;
			return outcome === "unavailable";
		});
		expect(lastGranted - revokedAt).toBeLessThan(degradedMs);
		const { status, headers } = await pair.otherServer.verify(home.token, home.place.id);
		expect([status, Number(headers["retry-after"]) > 0]).toEqual([503, true]);
		proxy.pass();
		await waitFor(
			"the actual reason",
			async () => (await outcomeAt(pair.otherServer, home)) === "key_revoked",
		);
	});
});

describeWithPrivateMongo("a server whose MongoDB is killed", (start) => {
	let mongodb: PrivateMongodb;
	let server: ListeningProcess;
	let home: Fixture;
	let admin: string;
	beforeAll(async () => {
		mongodb = await start();
		server = await startProcess({ MONGODB_URI: mongodb.uri("placelock") }, folder);
		const store = await openStore({ mongodbUri: mongodb.uri("placelock"), dataDir: folder }, systemClock);
		const seed = createSeed(store, systemClock);
		home = await seed.fixture();
		admin = await seed.adminToken();
		await store.close();
	});
	afterAll(async () => {
		await server.kill();
		await mongodb.remove();
	});

	const feedAge = async () => {
		const { text } = await server.call("GET", "/metrics");
		return Number(/^placelock_change_feed_age_seconds (\S+)$/m.exec(text)?.[1]);
	};

	it("responds from memory for a while, then with unavailable, and recovers by itself", async () => {
		expect(await outcomeAt(server, home)).toBe("ok");
		const confirmedAt = await waitFor("a recent confirmation", async () => {
			const askedAt = performance.now();
			const ageMs = 1_000 * (await feedAge());
			return ageMs < 1_000 && askedAt - ageMs;
		});
		await mongodb.kill();
		const killedAt = performance.now();
		expect(await outcomeAt(server, home)).toBe("ok");
		let lastGranted = killedAt;
		await waitFor("the end of what is in memory", async () => {
			const askedAt = performance.now();
			const outcome = await outcomeAt(server, home);
			if (outcome === "ok") lastGranted = askedAt;
			return outcome === "unavailable";
		});
		expect(performance.now() - confirmedAt).toBeGreaterThan(degradedMs);
		expect(lastGranted - killedAt).toBeLessThan(degradedMs);
		expect((await server.call("GET", "/readyz")).status).toBe(503);
		expect((await server.call("GET", "/livez")).status).toBe(200);
		await mongodb.start();
		await waitFor("recovery", async () => (await outcomeAt(server, home)) === "ok", 15_000);
		await waitFor("readiness", async () => (await server.call("GET", "/readyz")).status === 200);
		const disabled = await server.call("POST", `/v1/keys/${home.key.id}/disable`, { token: admin });
		expect(disabled.status).toBe(200);
		expect(await outcomeAt(server, home)).toBe("key_disabled");
	});
});
