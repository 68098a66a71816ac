import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import type { Store } from "../../server/store/store.js";
import { startProcess } from "../support/process.js";
import { createSeed } from "../support/seed.js";
import { type Pair, revocationPromise } from "./promise.js";

describe("two server processes on one SQLite file", () => {
	const folder = mkdtempSync(join(tmpdir(), "placelock-instances-"));
	let store: Store;
	let pair: Pair;
	beforeAll(async () => {
		// Concurrently: one migrates the schema, and the other waits.
		const [server, otherServer] = await Promise.all([startProcess({}, folder), startProcess({}, folder)]);
		store = await openStore({ dataDir: folder }, systemClock);
		pair = { server, otherServer, seed: createSeed(store, systemClock) };
	});
	afterAll(async () => {
		await store.close();
		await Promise.all([pair.server.kill(), pair.otherServer.kill()]);
		rmSync(folder, { recursive: true, force: true });
	});

	describe("the promise of a second", () => revocationPromise(() => pair));
});
