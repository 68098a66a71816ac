import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { builtInOperatorId } from "../../../server/model/account.js";
import { StoreUnavailable } from "../../../server/store/store.js";
import { audit, workspace } from "../samples.js";
import type { NewDatabase, TestDatabase } from "../testDatabase.js";

export function openingConformance(newDatabase: NewDatabase): void {
	describe("opening", () => {
		let database: TestDatabase;
		beforeEach(() => {
			database = newDatabase();
		});
		afterEach(() => database.remove());

		it("makes an empty database usable, with the built-in operator and no workspace", async () => {
			const store = await database.open();
			await store.ping();
			const operator = await store.accounts.findById(builtInOperatorId);
			expect(operator).toEqual({
				id: builtInOperatorId,
				name: "Operator",
				operator: true,
				createdAt: expect.any(Number),
			});
			expect(Math.abs((operator?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
			expect(await store.accounts.findById("acc_nobody")).toBeUndefined();
			expect(await store.workspaces.any()).toBe(false);
		});

		it("says which schema it found, and which it has", async () => {
			const first = await database.open();
			const { found, current } = first.schema;
			expect(found).toBe(0);
			expect(current).toBeGreaterThan(0);
			const second = await database.open();
			expect(second.schema).toEqual({ found: current, current });
		});

		it("migrates once when several instances start at the same moment", async () => {
			const stores = await Promise.all([1, 2, 3, 4].map(() => database.open()));
			for (const store of stores) await store.ping();
			const [first, , , last] = stores;
			const record = workspace();
			await first?.workspaces.create(record, audit());
			expect(await last?.workspaces.findById(record.id)).toEqual(record);
		});

		it("migrates once when several processes start at the same moment", async () => {
			const writers = [1, 2, 3].map(() => startWriter(database));
			const ids = await Promise.all(writers.map((writer) => writer.acknowledged(1)));
			await Promise.all(writers.map((writer) => writer.kill()));
			const store = await database.open();
			for (const id of ids.flat()) expect(await store.keys.findById(id)).toBeDefined();
		});

		it("keeps what it had when it is opened again", async () => {
			const record = workspace();
			const before = await database.open();
			await before.workspaces.create(record, audit());
			await before.close();
			const after = await database.open();
			expect(await after.workspaces.findById(record.id)).toEqual(record);
			expect(await after.workspaces.any()).toBe(true);
		});

		it("has every acknowledged change, with its audit entry, after a writer was killed in the middle", async () => {
			const writer = startWriter(database);
			const acknowledged = await writer.acknowledged(40);
			await writer.kill();
			const all = await writer.allAcknowledged();
			expect(all.length).toBeGreaterThanOrEqual(acknowledged.length);

			const store = await database.open();
			const entries = await store.audit.list({ limit: 10_000 });
			const audited = new Set(entries.records.map((entry) => entry.targetId));
			for (const id of all) {
				expect(await store.keys.findById(id)).toBeDefined();
				expect(audited).toContain(id);
			}
			const [home] = (await store.workspaces.list({ limit: 1 })).records;
			const keys = await store.keys.list(home?.id ?? "", { limit: 10_000 });
			// A key that was written but not acknowledged has its entry too.
			expect(keys.records.map((key) => key.id).sort()).toEqual([...audited].filter(isKeyId).sort());
		});

		it("rejects with StoreUnavailable after it was closed", async () => {
			const store = await database.open();
			await store.close();
			await expect(store.ping()).rejects.toThrow(StoreUnavailable);
			await expect(store.keys.findById("any")).rejects.toThrow(StoreUnavailable);
			await expect(store.workspaces.create(workspace(), audit())).rejects.toThrow(StoreUnavailable);
			await store.close();
		});

		it("finishes calls in progress before it closes", async () => {
			const store = await database.open();
			const record = workspace();
			const creating = store.workspaces.create(record, audit());
			await store.close();
			await creating;
			const again = await database.open();
			expect(await again.workspaces.findById(record.id)).toEqual(record);
		});
	});
}

const isKeyId = (id: string) => id.startsWith("k_");

/** Another process, which creates keys until it is killed. */
function startWriter(database: TestDatabase) {
	const args = [
		"-r",
		join(__dirname, "..", "..", "support", "typescript.cjs"),
		join(__dirname, "..", "writer.ts"),
		JSON.stringify(database.settings),
	];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
	const ids: string[] = [];
	const lines = createInterface(child.stdout);
	const readToEnd = new Promise<void>((resolve) => lines.once("close", resolve));
	const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	let seen = () => {};
	lines.on("line", (line) => {
		ids.push(line);
		seen();
	});
	return {
		acknowledged: (count: number) =>
			new Promise<string[]>((resolve, reject) => {
				seen = () => {
					if (ids.length >= count) resolve(ids.slice());
				};
				child.once("exit", () => reject(new Error("the writer ended by itself")));
				seen();
			}),
		kill: async () => {
			child.kill("SIGKILL");
			await exited;
		},
		allAcknowledged: async () => {
			await readToEnd;
			return ids;
		},
	};
}
