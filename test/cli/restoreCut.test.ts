import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine, createAuditEntry } from "../../server/core/context.js";
import { systemClock } from "../../server/primitives/clock.js";
import { openStore } from "../../server/storage/openStore.js";
import type * as WholeFile from "../../server/storage/sqlite/atomicFile.js";
import { Connection } from "../../server/storage/sqlite/connection.js";
import { checkIntegrity } from "../../server/storage/sqlite/inspect.js";
import { releaseFileHandles } from "../../server/storage/sqlite/releaseFileHandles.js";
import { restoreDatabase } from "../../server/storage/sqlite/restore.js";
import { StoreUnavailable } from "../../server/store/store.js";
import { projectRoot } from "../support/projectRoot.js";
import { testSecrets } from "../support/seed.js";
import { waitFor } from "../support/waitFor.js";

/** Called right before a file is renamed. */
let beforeExchange = () => {};
jest.mock("../../server/storage/sqlite/atomicFile.js", () => {
	const real = jest.requireActual<typeof WholeFile>("../../server/storage/sqlite/atomicFile.js");
	const moveIntoPlace: typeof real.moveIntoPlace = (...args) => {
		beforeExchange();
		real.moveIntoPlace(...args);
	};
	return { ...real, moveIntoPlace };
});

let folder: string;
let backup: string;
let database: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "placelock-cut-"));
	backup = join(folder, "backup", "placelock.db");
	database = join(folder, "data", "placelock.db");
	// Large enough that checking it takes a while.
	await newDatabase("backup", 60_000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => newDatabase("data", 3));
afterEach(() => {
	beforeExchange = () => {};
	rmSync(join(folder, "data"), { recursive: true });
});

async function newDatabase(name: string, workspaces: number): Promise<void> {
	await (await openStore({ dataDir: join(folder, name) }, systemClock)).close();
	const connection = new Connection(join(folder, name, "placelock.db"));
	await connection.write(() =>
		connection.exec(`
			INSERT INTO workspaces (id, name, status, max_keys, created_at, updated_at)
			SELECT 'ws_' || value, hex(randomblob(100)), 'active', 1, 1, 1 FROM generate_series(1, ${workspaces})`),
	);
	await connection.close();
	await releaseFileHandles();
}

async function contents(): Promise<{ workspaces: number; checkIntegrity: string[] }> {
	const connection = new Connection(database);
	const { count } = await connection.read(
		() => connection.prepare("SELECT count(*) AS count FROM workspaces").get() as { count: number },
	);
	const found = { workspaces: count, checkIntegrity: await checkIntegrity(connection) };
	await connection.close();
	await releaseFileHandles();
	return found;
}

function startRestore() {
	const program = join(projectRoot, "dist", "server", "cli", "main.js");
	const child = spawn(process.execPath, [program, "restore", backup, "--force"], {
		env: {
			PATH: process.env.PATH,
			PLACELOCK_DATA_DIR: join(folder, "data"),
			PLACELOCK_SECRET: testSecrets.current,
		},
		stdio: "ignore",
	});
	const ended = new Promise((resolve) => child.once("close", resolve));
	return {
		ended,
		kill: async () => {
			child.kill("SIGKILL");
			await ended;
		},
	};
}

const drafts = () => readdirSync(join(folder, "data")).filter((name) => name.includes("restoring"));

const entry = createAuditEntry(commandLine, 0, {
	action: "database.restore",
	targetType: "database",
	targetId: "placelock",
});

describe("a killed restore", () => {
	it.each([0, 20, 80, 200])(
		"%i ms after it began to write leaves the old database or the new one, whole",
		async (delay) => {
			const restore = startRestore();
			await waitFor("the draft", () => drafts().length > 0);
			// How far it is by then varies and must not matter.
			await new Promise((resolve) => setTimeout(resolve, delay));
			await restore.kill();
			const left = await contents();
			expect(left.checkIntegrity).toEqual([]);
			expect([3, 60_000]).toContain(left.workspaces);
		},
	);

	it("before the exchange leaves the old one, and after it the new one", async () => {
		const inode = statSync(database).ino;
		const cut = startRestore();
		await waitFor("the draft", () => drafts().length > 0);
		await cut.kill();
		expect(await contents()).toEqual({ workspaces: 3, checkIntegrity: [] });

		const late = startRestore();
		await waitFor("the exchange", () => statSync(database).ino !== inode);
		await late.kill();
		expect(await contents()).toEqual({ workspaces: 60_000, checkIntegrity: [] });
		// The temporary file of the previous restore is gone.
		expect(drafts()).toEqual([]);
	});
});

const itOnPosix = process.platform === "win32" ? it.skip : it;

itOnPosix("keeps whoever opened the old database during the exchange from writing into it", async () => {
	let late: Promise<unknown> = Promise.resolve();
	let latecomer: Connection | undefined;
	beforeExchange = () => {
		const connection = new Connection(database);
		latecomer = connection;
		// The first thing a starting server does.
		late = connection
			.read(() => connection.exec("PRAGMA journal_mode = WAL"))
			.then(() => connection.write(() => connection.exec("DELETE FROM workspaces")))
			.catch((error: unknown) => error);
	};
	await restoreDatabase(backup, database, { replace: true, validate: () => {}, audit: () => entry });
	expect(await late).toBeInstanceOf(StoreUnavailable);
	await latecomer?.close();
	expect(await contents()).toEqual({ workspaces: 60_000, checkIntegrity: [] });
});
