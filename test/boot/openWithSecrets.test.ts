import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWithSecrets } from "../../server/boot/openWithSecrets.js";
import { systemClock } from "../../server/primitives/clock.js";
import { databaseFile } from "../../server/storage/openStore.js";
import { StoreMisconfigured } from "../../server/store/store.js";

describe("a data directory", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "placelock-open-"));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** What copying placelock.db alone from a running server gives, when everything is in the write-ahead log. */
	async function copyWithoutLog(to: string, secret?: string): Promise<void> {
		const from = join(folder, "running");
		const { store } = await openWithSecrets({ dataDir: from, retiredSecrets: [], secret }, systemClock);
		mkdirSync(to);
		copyFileSync(databaseFile(from), databaseFile(to));
		if (secret === undefined) copyFileSync(join(from, "secret"), join(to, "secret"));
		await store.close();
	}

	it.each([
		["in the folder", undefined],
		["in the environment", "a secret of at least thirty-two bytes, for tests"],
	])("whose database lost its tables is not silently a new one: a secret %s", async (_where, secret) => {
		const dataDir = join(folder, "copied");
		await copyWithoutLog(dataDir, secret);
		const opening = openWithSecrets({ dataDir, retiredSecrets: [], secret }, systemClock);
		await expect(opening).rejects.toThrow(StoreMisconfigured);
		await expect(openWithSecrets({ dataDir, retiredSecrets: [], secret }, systemClock)).rejects.toThrow(
			/placelock\.db-wal.*delete the file/s,
		);
		// As the message says.
		rmSync(databaseFile(dataDir));
		const { store } = await openWithSecrets({ dataDir, retiredSecrets: [], secret }, systemClock);
		expect(await store.workspaces.any()).toBe(false);
		await store.close();
	});

	it("with an empty file, or without one, is a new one beside a secret too", async () => {
		const dataDir = join(folder, "new");
		mkdirSync(dataDir);
		writeFileSync(databaseFile(dataDir), "");
		const secret = "a secret of at least thirty-two bytes, for tests";
		const { store } = await openWithSecrets({ dataDir, retiredSecrets: [], secret }, systemClock);
		expect(await store.workspaces.any()).toBe(false);
		await store.close();
	});
});
