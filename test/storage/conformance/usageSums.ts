import { dayMs, dayOf, hourMs, weekMs } from "../../../server/model/spans.js";
import { audit, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function usageSumsConformance(newDatabase: NewDatabase): void {
	describe("sums of usage", () => {
		const shared = sharedDatabase(newDatabase);
		const day = dayOf(someTime);

		it("of a workspace without requests are empty", async () => {
			expect(await shared.store.usage.workspaceHours("ws_none", 0, someTime)).toEqual([]);
			expect(await shared.store.usage.keySums("ws_none", 0, day, 10)).toEqual([]);
		});

		it("add up a workspace's keys by the hour, over batches and handles, and no other workspace's", async () => {
			const [home, neighbour] = [newId("ws"), newId("ws")];
			const hours = [
				{ hour: day, verified: 1, refused: 2 },
				{ hour: day + 23 * hourMs, verified: 5, refused: 0 },
			];
			const keys = [newId("k"), newId("k")];
			const batch = (workspaceId: string) => keys.map((keyId) => ({ keyId, workspaceId, hours }));
			await shared.store.usage.add(batch(home));
			await shared.other.usage.add(batch(home));
			await shared.other.usage.add([...batch(neighbour), { keyId: newId("k"), hours }]);
			await shared.store.usage.add([
				{ keyId: newId("k"), workspaceId: home, hours: [{ hour: day + dayMs, verified: 7, refused: 0 }] },
			]);
			expect(await shared.store.usage.workspaceHours(home, day, day + 2 * dayMs)).toEqual([
				{ hour: day, verified: 4, refused: 8 },
				{ hour: day + 23 * hourMs, verified: 20, refused: 0 },
				{ hour: day + dayMs, verified: 7, refused: 0 },
			]);
			expect(await shared.store.usage.workspaceHours(home, day + hourMs, day + dayMs)).toEqual([
				{ hour: day + 23 * hourMs, verified: 20, refused: 0 },
			]);
		});

		it("add up each key over exactly the given days, however weeks overlap them", async () => {
			const home = newId("ws");
			const keyId = newId("k");
			const first = day - 20 * dayMs;
			// Day n has n + 1 verified requests, each at another hour.
			for (let n = 0; n < 40; n++) {
				const hour = first + n * dayMs + (n % 24) * hourMs;
				await shared.store.usage.add([
					{ keyId, workspaceId: home, hours: [{ hour, verified: n + 1, refused: 1 }] },
				]);
			}
			for (const [from, to] of [
				[0, 40],
				[0, 1],
				[3, 5],
				[1, 9],
				[5, 36],
				[39, 40],
			] as const) {
				const sums = await shared.other.usage.keySums(home, first + from * dayMs, first + to * dayMs, 10);
				const verified = ((from + 1 + to) * (to - from)) / 2;
				expect(sums).toEqual([{ keyId, verified, refused: to - from }]);
			}
			const early = await shared.store.usage.keySums(home, first - 5 * weekMs, first, 10);
			expect(early).toEqual([]);
		});

		it("list the busiest keys first", async () => {
			const home = newId("ws");
			const keys = Array.from({ length: 30 }, () => newId("k"));
			await shared.store.usage.add(
				keys.map((keyId, n) => ({
					keyId,
					workspaceId: home,
					hours: [{ hour: day, verified: n % 2 === 0 ? n : 0, refused: n % 2 === 0 ? 0 : n }],
				})),
			);
			const sums = await shared.store.usage.keySums(home, day, day + dayMs, 3);
			expect(sums).toEqual([
				{ keyId: keys[29], verified: 0, refused: 29 },
				{ keyId: keys[28], verified: 28, refused: 0 },
				{ keyId: keys[27], verified: 0, refused: 27 },
			]);
		});

		it("lose nothing when instances write the same keys concurrently", async () => {
			const home = newId("ws");
			const keys = Array.from({ length: 5 }, () => newId("k"));
			const batch = keys.map((keyId) => ({
				keyId,
				workspaceId: home,
				hours: [{ hour: day, verified: 1, refused: 2 }],
			}));
			await Promise.all(
				Array.from({ length: 8 }, (_, turn) =>
					(turn % 2 === 0 ? shared.store : shared.other).usage.add(
						turn % 3 === 0 ? [...batch].reverse() : batch,
					),
				),
			);
			expect(await shared.store.usage.workspaceHours(home, day, day + hourMs)).toEqual([
				{ hour: day, verified: 40, refused: 80 },
			]);
			const sums = await shared.store.usage.keySums(home, day, day + dayMs, 10);
			expect(sums).toEqual([...keys].sort().map((keyId) => ({ keyId, verified: 8, refused: 16 })));
		});

		it("are written with their batch, or not at all", async () => {
			const home = newId("ws");
			const hours = [{ hour: day, verified: 1, refused: 0 }];
			const quota = { periodStart: someTime, used: "many" as unknown as number };
			await expect(
				shared.store.usage.add([{ keyId: newId("k"), workspaceId: home, hours, quota }]),
			).rejects.toThrow();
			expect(await shared.store.usage.workspaceHours(home, day, day + dayMs)).toEqual([]);
			expect(await shared.store.usage.keySums(home, day, day + dayMs, 10)).toEqual([]);
		});

		it("are deleted with their workspace", async () => {
			const home = workspace();
			await shared.store.workspaces.create(home, audit());
			const hours = [{ hour: day, verified: 1, refused: 0 }];
			await shared.store.usage.add([{ keyId: newId("k"), workspaceId: home.id, hours }]);
			expect(await shared.store.workspaces.delete(home.id, audit())).toBe("deleted");
			expect(await shared.store.usage.workspaceHours(home.id, day, day + dayMs)).toEqual([]);
			expect(await shared.store.usage.keySums(home.id, day, day + dayMs, 10)).toEqual([]);
		});
	});
}
