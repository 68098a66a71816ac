import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { systemClock } from "../../server/primitives/clock.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { openSqliteStore } from "../../server/storage/sqlite/openSqliteStore.js";
import { StoreDamaged, StoreMisconfigured, StoreUnavailable } from "../../server/store/store.js";
import { waitFor } from "../support/waitFor.js";
import { storeConformance } from "./conformance.js";
import { FeedRecorder } from "./feedRecorder.js";
import { audit, key, workspace } from "./samples.js";
import { type TestDatabase, trackHandles } from "./testDatabase.js";

function newDatabase(): TestDatabase {
	const dataDir = mkdtempSync(join(tmpdir(), "placelock-sqlite-"));
	const handles = trackHandles(() =>
		openSqliteStore({ file: join(dataDir, "placelock.db"), clock: systemClock }),
	);
	return {
		open: handles.open,
		settings: { dataDir },
		remove: async () => {
			await handles.closeAll();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

describe("the embedded store", () => {
	storeConformance(newDatabase);

	let database: TestDatabase;
	let file: string;
	beforeEach(() => {
		database = newDatabase();
		file = join(database.settings.dataDir, "placelock.db");
	});
	afterEach(() => database.remove());

	const onPosix = process.platform === "win32" ? it.skip : it;
	onPosix("creates its folder and files for its own user only", async () => {
		const inside = join(database.settings.dataDir, "deep", "data", "placelock.db");
		const store = await openSqliteStore({ file: inside, clock: systemClock });
		const modes = [inside, `${inside}-wal`, `${inside}-shm`].map((name) => statSync(name).mode & 0o777);
		expect(modes).toEqual([0o600, 0o600, 0o600]);
		expect(statSync(join(inside, "..")).mode & 0o777).toBe(0o700);
		await store.close();
	});

	it("uses a write-ahead log, so that readers and the writer do not wait for each other", async () => {
		await database.open();
		const peek = new Database(file);
		expect(peek.prepare("PRAGMA journal_mode").get()).toMatchObject({ journal_mode: "wal" });
		peek.close();
	});

	it("syncs every commit to disk, on the connection that it writes with", async () => {
		const prepare = jest.spyOn(Connection.prototype, "prepare");
		await database.open();
		const [connection] = prepare.mock.contexts as Connection[];
		prepare.mockRestore();
		const pragma = (name: string) => connection?.prepare(`PRAGMA ${name}`).get();
		// 2 is FULL: an acknowledged write survives a power cut.
		expect(pragma("synchronous")).toMatchObject({ synchronous: 2 });
		expect(pragma("journal_mode")).toMatchObject({ journal_mode: "wal" });
		expect(pragma("foreign_keys")).toMatchObject({ foreign_keys: 1 });
	});

	it("waits for another process's transaction without blocking this one", async () => {
		const store = await database.open();
		const blocker = new Database(file);
		blocker.exec("BEGIN IMMEDIATE");
		const home = workspace();
		const creating = store.workspaces.create(home, audit());
		let turns = 0;
		const turning = setInterval(() => turns++, 1);
		await waitFor("ten turns of the event loop", () => turns >= 10);
		clearInterval(turning);
		expect(await store.workspaces.findById(home.id)).toBeUndefined();
		blocker.exec("COMMIT");
		blocker.close();
		await creating;
		expect(await store.workspaces.findById(home.id)).toEqual(home);
	});

	it("rejects with StoreUnavailable when another process locks the file for too long", async () => {
		const store = await database.open();
		const blocker = new Database(file);
		blocker.exec("BEGIN IMMEDIATE");
		const failure = await store.workspaces.create(workspace(), audit()).catch((error) => error);
		expect(failure).toBeInstanceOf(StoreUnavailable);
		expect(failure.code).toBe("busy");
		await store.ping();
		blocker.exec("ROLLBACK");
		blocker.close();
	});

	it("keeps reads fast while any number of writes wait for another process", async () => {
		const store = await database.open();
		const home = workspace();
		await store.workspaces.create(home, audit());
		const blocker = new Database(file);
		blocker.exec("BEGIN IMMEDIATE");
		const waiting = Array.from({ length: 50 }, () => store.workspaces.create(workspace(), audit()));
		const readMs: number[] = [];
		while (readMs.length < 200) {
			const startedAt = performance.now();
			await store.workspaces.findById(home.id);
			await new Promise((resolve) => setImmediate(resolve));
			readMs.push(performance.now() - startedAt);
		}
		blocker.exec("ROLLBACK");
		blocker.close();
		await Promise.all(waiting);
		expect(readMs.sort((a, b) => a - b)[100]).toBeLessThan(5);
		// Not even the slowest tenth waits for a lock.
		expect(readMs[180]).toBeLessThan(15);
	});

	it("settles every waiting write within its three seconds", async () => {
		const store = await database.open();
		const blocker = new Database(file);
		blocker.exec("BEGIN IMMEDIATE");
		const startedAt = performance.now();
		const outcomes = await Promise.allSettled(
			Array.from({ length: 20 }, () => store.workspaces.create(workspace(), audit())),
		);
		expect(performance.now() - startedAt).toBeLessThan(4_000);
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(StoreUnavailable) });
		}
		blocker.exec("ROLLBACK");
		blocker.close();
		await store.workspaces.create(workspace(), audit());
	});

	it("has everything in the one file after it was closed", async () => {
		const store = await database.open();
		const home = workspace();
		await store.workspaces.create(home, audit());
		await store.close();
		const copy = join(database.settings.dataDir, "copy.db");
		copyFileSync(file, copy);
		const copied = await openSqliteStore({ file: copy, clock: systemClock });
		expect(await copied.workspaces.findById(home.id)).toEqual(home);
		await copied.close();
	});

	it("releases the space of a large write", async () => {
		const store = await database.open();
		const home = workspace({ maxKeys: 1_000_000 });
		await store.workspaces.create(home, audit());
		const large = new Database(file);
		large.exec(`
			CREATE TABLE ballast (text TEXT);
			BEGIN IMMEDIATE;
			WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40000)
				INSERT INTO ballast SELECT hex(randomblob(1000)) FROM numbers;
			COMMIT;
			DROP TABLE ballast`);
		large.close();
		const walSize = () => statSync(`${file}-wal`).size;
		expect(walSize()).toBeGreaterThan(64 * 1024 * 1024);
		for (let i = 0; i < 3; i++) await store.keys.create(key(home.id), audit());
		await waitFor("a small log", async () => {
			await store.keys.create(key(home.id), audit());
			return walSize() <= 32 * 1024 * 1024;
		});
	});

	it("rejects a file that is not a database, and a folder that cannot be created", async () => {
		writeFileSync(file, "not a database, only text ".repeat(100));
		const failure = await database.open().catch((error) => error);
		expect(failure).toBeInstanceOf(StoreDamaged);
		expect(failure.code).toBe("not_a_database");
		const beneathFile = join(file, "data", "placelock.db");
		await expect(openSqliteStore({ file: beneathFile, clock: systemClock })).rejects.toThrow(
			StoreMisconfigured,
		);
		mkdirSync(join(database.settings.dataDir, "folder"));
		const folder = join(database.settings.dataDir, "folder");
		await expect(openSqliteStore({ file: folder, clock: systemClock })).rejects.toThrow(StoreMisconfigured);
	});

	it("rejects a newer schema", async () => {
		await (await database.open()).close();
		const newer = new Database(file);
		newer.exec("PRAGMA user_version = 999");
		newer.close();
		await expect(database.open()).rejects.toThrow(StoreMisconfigured);
		await expect(database.open()).rejects.toThrow(/newer Placelock/);
	});

	it("is not ready when another process migrated the file to a newer schema", async () => {
		const store = await database.open();
		const newer = new Database(file);
		newer.exec("PRAGMA user_version = 999");
		newer.close();
		await expect(store.ping()).rejects.toThrow(StoreUnavailable);
	});

	describe("its change feed, when the file cannot be read", () => {
		const unreadable = () => {
			throw new StoreUnavailable("unreadable, on purpose");
		};
		afterEach(() => jest.restoreAllMocks());

		async function listening() {
			const store = await database.open();
			const recorder = new FeedRecorder();
			await store.changes.subscribe(recorder);
			await recorder.waitForConfirmation();
			return { store, recorder };
		}

		it("confirms nothing until it can be read again", async () => {
			const { recorder } = await listening();
			const other = await database.open();
			const reading = jest.spyOn(Connection.prototype, "now").mockImplementation(unreadable);
			const count = recorder.confirmations.length;
			const missed = workspace();
			await other.workspaces.create(missed, audit());
			await waitFor("five attempts", () => reading.mock.calls.length >= 5);
			expect(recorder.confirmations).toHaveLength(count);
			expect(recorder.changes).toEqual([]);
			reading.mockRestore();
			await recorder.waitForConfirmation();
			expect(recorder.has({ type: "workspace", id: missed.id })).toBe(true);
		});

		it("delivers its own handle's change later, and before it confirms", async () => {
			const { store, recorder } = await listening();
			const reading = jest.spyOn(Connection.prototype, "now").mockImplementation(unreadable);
			const missed = workspace();
			await store.workspaces.create(missed, audit());
			expect(reading).toHaveBeenCalled();
			expect(recorder.changes).toEqual([]);
			reading.mockRestore();
			await recorder.waitForConfirmation();
			expect(recorder.changes).toEqual([{ type: "workspace", id: missed.id }]);
		});
	});

	it("keeps the last 10,000 changes, and a handle that missed more drops everything", async () => {
		const store = await database.open();
		const home = workspace({ maxKeys: 100 });
		await store.workspaces.create(home, audit());
		const recorder = new FeedRecorder();
		await store.changes.subscribe(recorder);
		const elsewhere = new Database(file);
		// One statement, so that no poll falls in between.
		elsewhere.exec(`
			BEGIN IMMEDIATE;
			WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 12000)
				INSERT INTO changes (type, id) SELECT 'key', 'k' || n FROM numbers;
			DELETE FROM changes WHERE sequence <= 2000;
			COMMIT`);
		await recorder.waitForChange({ type: "everything" });
		expect(recorder.changes).toEqual([{ type: "everything" }]);
		const record = key(home.id);
		await store.keys.create(record, audit());
		await recorder.waitForChange({ type: "key", id: record.id });
		const kept = elsewhere.prepare("SELECT count(*) AS kept FROM changes").get() as { kept: number };
		elsewhere.close();
		expect(kept.kept).toBe(10_000);
	});
});
