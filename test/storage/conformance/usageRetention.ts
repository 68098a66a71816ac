import { dayMs, dayOf, hourMs } from "../../../server/model/spans.js";
import type { Store } from "../../../server/store/store.js";
import { audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function usageRetentionConformance(newDatabase: NewDatabase): void {
	describe("deleting usage", () => {
		const day = dayOf(someTime);
		const counts = { verified: 1, refused: 1 };

		async function deleteAll(store: Store, before: number, limit: number): Promise<number[]> {
			const deleted: number[] = [];
			do deleted.push(await store.usage.deleteBefore(before, limit));
			while (deleted.at(-1) !== 0);
			return deleted;
		}

		async function deleteAllOrphans(store: Store, since: number): Promise<number> {
			let deleted = 0;
			let next: string | undefined;
			do {
				const step = await store.usage.deleteOrphans(since, next);
				deleted += step.deleted;
				next = step.next;
			} while (next !== undefined);
			return deleted;
		}

		describe("by age", () => {
			// A database of its own: this deletes the records of every test.
			const shared = sharedDatabase(newDatabase);

			it("deletes whole hours and days before a moment in batches, and nothing else", async () => {
				const store = shared.store;
				const home = newId("ws");
				const keys = Array.from({ length: 5 }, () => newId("k"));
				for (let n = -3; n < 2; n++) {
					const hour = day + n * dayMs + 5 * hourMs;
					await store.usage.add(
						keys.map((keyId) => ({ keyId, workspaceId: home, hours: [{ hour, ...counts }] })),
					);
				}
				const dropped = await deleteAll(store, day, 2);
				expect(Math.max(...dropped)).toBeLessThanOrEqual(6);
				expect(dropped.length).toBeGreaterThan(5);
				for (const keyId of keys) {
					const hours = await store.usage.hours(keyId, 0, day + 9 * dayMs);
					expect(hours.map(({ hour }) => hour)).toEqual([day + 5 * hourMs, day + dayMs + 5 * hourMs]);
				}
				const left = await store.usage.workspaceHours(home, 0, day + 9 * dayMs);
				expect(left.map(({ verified }) => verified)).toEqual([5, 5]);
				const sums = await store.usage.keySums(home, day, day + 2 * dayMs, 10);
				expect(sums.map(({ verified }) => verified)).toEqual([2, 2, 2, 2, 2]);
				expect(await deleteAll(store, day, 1_000)).toEqual([0]);
			});
		});

		describe("of deleted keys", () => {
			const own = sharedDatabase(newDatabase);

			it("deletes what was counted after the deletion, and keeps existing keys and the sums", async () => {
				const { store } = own;
				const home = workspace();
				await store.workspaces.create(home, audit());
				const [alive, gone] = [key(home.id), key(home.id)];
				const use = [alive, gone].map(({ id: keyId }) => ({
					keyId,
					workspaceId: home.id,
					hours: [{ hour: day, ...counts }],
					lastUse: { at: day, address: "192.0.2.1" },
					quota: { periodStart: day, used: 1 },
				}));
				for (const each of [alive, gone]) await store.keys.create(each, audit());
				await store.usage.add(use);
				await store.keys.change(gone.id, { revokedAt: someTime }, audit());
				await store.keys.delete(gone.id, audit());
				await own.other.usage.add(use);
				expect(await store.usage.lastUse(gone.id)).toBeDefined();
				// Searched only among recently used keys.
				expect(await deleteAllOrphans(store, day + dayMs)).toBe(0);
				expect(await deleteAllOrphans(store, day)).toBe(1);
				expect(await store.usage.lastUse(gone.id)).toBeUndefined();
				expect(await store.usage.hours(gone.id, 0, day + dayMs)).toEqual([]);
				expect(await store.usage.quotaUsed(gone.id, day)).toBe(0);
				expect(await store.usage.lastUse(alive.id)).toBeDefined();
				expect(await store.usage.hours(alive.id, 0, day + dayMs)).toEqual([
					{ hour: day, verified: 2, refused: 2 },
				]);
				const sums = await store.usage.keySums(home.id, day, day + dayMs, 10);
				expect(sums.map(({ keyId }) => keyId).sort()).toEqual([alive.id, gone.id].sort());
			});

			it("finds all of them in more than one step", async () => {
				const { store } = own;
				const [one, two] = [newId("ws"), newId("ws")];
				const later = day + 30 * dayMs;
				const ids = Array.from({ length: 1_100 }, () => newId("k"));
				const usage = ids.map((keyId, n) => ({
					keyId,
					workspaceId: n % 2 === 0 ? one : two,
					hours: [{ hour: later, ...counts }],
					lastUse: { at: later, address: "192.0.2.1" },
				}));
				// As many per batch as the server writes.
				for (let n = 0; n < ids.length; n += 300) await store.usage.add(usage.slice(n, n + 300));
				expect(await deleteAllOrphans(store, later)).toBe(ids.length);
				expect(await store.usage.lastUses(ids)).toEqual(new Map());
				// Not every server with MongoDB's protocol finds a range of IDs without reading all documents.
			}, 120_000);
		});
	});
}
