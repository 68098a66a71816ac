import { newId, someTime } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

const hourMs = 3_600_000;

export function usageConformance(newDatabase: NewDatabase): void {
	describe("usage", () => {
		const shared = sharedDatabase(newDatabase);

		it("of a key that was never used is empty", async () => {
			expect(await shared.store.usage.lastUse("k_none")).toBeUndefined();
			expect(await shared.store.usage.lastUses(["k_none"])).toEqual(new Map());
			expect(await shared.store.usage.lastUses([])).toEqual(new Map());
			expect(await shared.store.usage.quotaUsed("k_none", someTime)).toBe(0);
			expect(await shared.store.usage.hours("k_none", 0, someTime)).toEqual([]);
			expect(await shared.store.usage.add([])).toEqual(new Map());
		});

		it("adds up per hour, over batches and handles", async () => {
			const keyId = newId("k");
			const hour = someTime - (someTime % hourMs);
			const batch = (verified: number, refused: number, at = hour) => [
				{ keyId, hours: [{ hour: at, verified, refused }] },
			];
			await shared.store.usage.add([...batch(5, 1), ...batch(2, 0)]);
			await shared.other.usage.add([...batch(1, 1), ...batch(0, 4, hour + hourMs)]);
			await shared.store.usage.add(batch(9, 9, hour - hourMs));
			expect(await shared.store.usage.hours(keyId, hour, hour + 2 * hourMs)).toEqual([
				{ hour, verified: 8, refused: 2 },
				{ hour: hour + hourMs, verified: 0, refused: 4 },
			]);
			expect(await shared.other.usage.hours(keyId, hour - hourMs, hour)).toEqual([
				{ hour: hour - hourMs, verified: 9, refused: 9 },
			]);
			expect(await shared.store.usage.hours(`${keyId}0`, 0, someTime)).toEqual([]);
		});

		it("moves the last use forward, never back", async () => {
			const keyId = newId("k");
			const newest = { at: someTime + 10, placeId: "1818", address: "2001:db8::1" };
			const older = { at: someTime, address: "192.0.2.1" };
			await shared.store.usage.add([{ keyId, hours: [], lastUse: older }]);
			expect(await shared.other.usage.lastUse(keyId)).toEqual(older);
			await shared.other.usage.add([{ keyId, hours: [], lastUse: newest }]);
			await shared.store.usage.add([{ keyId, hours: [], lastUse: { ...older, at: someTime + 9 } }]);
			expect(await shared.store.usage.lastUse(keyId)).toEqual(newest);
			const noPlace = { at: someTime + 11, address: "192.0.2.1" };
			await shared.store.usage.add([{ keyId, hours: [], lastUse: noPlace }]);
			expect(await shared.store.usage.lastUse(keyId)).toEqual(noPlace);
		});

		it("moves the last use of a rotated-out token forward on its own, by its rotation first", async () => {
			const keyId = newId("k");
			const use = (at: number, rotatedAt?: number) => ({
				at: someTime + at,
				address: "192.0.2.1",
				...(rotatedAt === undefined ? {} : { previous: { at: someTime + at, rotatedAt } }),
			});
			const written = async (lastUse: ReturnType<typeof use>, store = shared.store) => {
				await store.usage.add([{ keyId, hours: [], lastUse }]);
				return shared.other.usage.lastUse(keyId);
			};
			expect(await written(use(1, 100))).toEqual(use(1, 100));
			expect(await written(use(2))).toEqual({ ...use(2), previous: use(1, 100).previous });
			expect(await written(use(5, 100), shared.other)).toEqual(use(5, 100));
			// Written late: an earlier use of the same token, and of the one before it.
			expect(await written(use(4, 100))).toEqual(use(5, 100));
			expect(await written(use(9, 90))).toEqual({ ...use(9), previous: use(5, 100).previous });
			// The first after the next rotation, from a machine whose clock is behind.
			expect(await written(use(3, 110))).toEqual({ ...use(9), previous: use(3, 110).previous });
			expect((await shared.store.usage.lastUses([keyId])).get(keyId)?.previous).toEqual(use(3, 110).previous);
		});

		it("keeps the last use when all requests were denied", async () => {
			const keyId = newId("k");
			await shared.store.usage.add([{ keyId, hours: [{ hour: 0, verified: 0, refused: 7 }] }]);
			expect(await shared.store.usage.lastUse(keyId)).toBeUndefined();
		});

		it("finds the last uses of many keys at once", async () => {
			const ids = Array.from({ length: 120 }, () => newId("k"));
			const lastUse = (index: number) => ({ at: someTime + index, address: "192.0.2.1" });
			await shared.store.usage.add(
				ids.map((keyId, index) => ({ keyId, hours: [], lastUse: lastUse(index) })),
			);
			const found = await shared.other.usage.lastUses([...ids, "k_none"]);
			expect(found).toEqual(new Map(ids.map((keyId, index) => [keyId, lastUse(index)])));
		});

		it("returns what all instances have written of a quota, by period", async () => {
			const [keyId, without] = [newId("k"), newId("k")];
			const quota = (periodStart: number, used: number) => ({
				keyId,
				hours: [],
				quota: { periodStart, used },
			});
			const first = await shared.store.usage.add([quota(someTime, 3), { keyId: without, hours: [] }]);
			expect(first).toEqual(new Map([[keyId, { periodStart: someTime, used: 3 }]]));
			const second = await shared.other.usage.add([quota(someTime, 4)]);
			expect(second).toEqual(new Map([[keyId, { periodStart: someTime, used: 7 }]]));
			const next = await shared.store.usage.add([quota(someTime + hourMs, 2), quota(someTime, 1)]);
			expect(next).toEqual(new Map([[keyId, { periodStart: someTime + hourMs, used: 2 }]]));
			expect(await shared.other.usage.quotaUsed(keyId, someTime)).toBe(8);
			expect(await shared.other.usage.quotaUsed(keyId, someTime + hourMs)).toBe(2);
			expect(await shared.other.usage.quotaUsed(keyId, someTime - 1)).toBe(0);
		});

		it("loses no count when instances write the same keys concurrently", async () => {
			const ids = Array.from({ length: 5 }, () => newId("k"));
			const batch = (turn: number) =>
				ids.map((keyId) => ({
					keyId,
					hours: [{ hour: someTime, verified: 1, refused: 2 }],
					lastUse: { at: someTime + turn, address: "192.0.2.1" },
					quota: { periodStart: someTime, used: 1 },
				}));
			await Promise.all(
				Array.from({ length: 8 }, (_, turn) =>
					(turn % 2 === 0 ? shared.store : shared.other).usage.add(
						turn % 3 === 0 ? batch(turn).reverse() : batch(turn),
					),
				),
			);
			for (const keyId of ids) {
				expect(await shared.store.usage.hours(keyId, 0, someTime + 1)).toEqual([
					{ hour: someTime, verified: 8, refused: 16 },
				]);
				expect(await shared.store.usage.quotaUsed(keyId, someTime)).toBe(8);
				expect((await shared.store.usage.lastUse(keyId))?.at).toBe(someTime + 7);
			}
		});

		it("adds a batch completely or not at all", async () => {
			const keyId = newId("k");
			const hours = [{ hour: someTime, verified: 1, refused: 0 }];
			// A count that no database can add, in the part that is written last.
			const quota = { periodStart: someTime, used: "many" as unknown as number };
			await expect(shared.store.usage.add([{ keyId, hours, quota }])).rejects.toThrow();
			expect(await shared.store.usage.hours(keyId, 0, someTime + 1)).toEqual([]);
		});
	});
}
