import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quickstart } from "../../server/cli/server/quickstart.js";
import type { Services } from "../../server/core/context.js";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import { type Store, StoreUnavailable } from "../../server/store/store.js";
import { testSecrets } from "../support/seed.js";

let dataDir: string;
let store: Store;
beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), "placelock-undo-"));
	store = await openStore({ dataDir }, systemClock);
});
afterEach(async () => {
	await store.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const gone = () => Promise.reject(new StoreUnavailable("the database is away"));

/** Services on a store of which some methods fail. */
function failing(methods: { keys?: object; workspaces?: object }): Services {
	const broken: Store = {
		...store,
		keys: { ...store.keys, ...methods.keys },
		workspaces: { ...store.workspaces, ...methods.workspaces },
	};
	return { store: broken, clock: systemClock, secrets: testSecrets, invalidate: () => {} };
}

it("removes the workspace and the place when the key cannot be created", async () => {
	const services = failing({ keys: { create: gone } });
	await expect(quickstart(services, "123456", "My game")).rejects.toThrow("the database is away");
	expect(await store.workspaces.any()).toBe(false);
});

it("reports what it created when it cannot undo it", async () => {
	const services = failing({ keys: { create: gone }, workspaces: { delete: gone } });
	const failure = await quickstart(services, "123456", "My game").catch((error: unknown) => error);
	const [left] = (await store.workspaces.list({ limit: 10 })).records;
	expect(failure).toMatchObject({ code: "unavailable", exitCode: 69 });
	expect(failure).toMatchObject({ message: expect.stringContaining(`${left?.id} had been created`) });
});
