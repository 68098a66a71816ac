import type { Denial } from "../../../server/model/denial.js";
import type { PageRequest, Store } from "../../../server/store/store.js";
import { audit, denial, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function denialsConformance(newDatabase: NewDatabase): void {
	describe("denials", () => {
		const shared = sharedDatabase(newDatabase);
		const listed = async (workspaceId: string, store: Store = shared.store) =>
			(await store.denials.list(workspaceId, { limit: 2_000 })).records;

		it("of a workspace without any are empty", async () => {
			expect(await shared.store.denials.list("ws_none", { limit: 5 })).toEqual({ records: [], more: false });
			await shared.store.denials.add([], 10);
		});

		it("are listed as they were added, latest first, by workspace", async () => {
			const [home, neighbour] = [newId("ws"), newId("ws")];
			const full = denial(home, {
				lastAt: someTime + 5,
				detail: "Place 1 is not on the allow-list.",
				placeId: "1818",
				proof: "header",
				claimedPlaceId: "1819",
				scope: "bans.read",
				keyName: "Game servers",
				count: 3,
			});
			const bare = denial(home);
			await shared.store.denials.add([bare, full, denial(neighbour)], 10);
			expect(await listed(home, shared.other)).toEqual([full, bare]);
		});

		it("add up, with the details of the later one, whichever is written first", async () => {
			const home = newId("ws");
			const early = denial(home, {
				firstAt: 10,
				lastAt: 20,
				count: 2,
				detail: "early",
				proof: "claimed",
				keyName: "Old",
			});
			const late = {
				...early,
				firstAt: 30,
				lastAt: 40,
				count: 5,
				detail: "late",
				proof: undefined,
				keyName: "New",
			};
			const sum = { ...late, firstAt: 10, count: 7 };
			await shared.store.denials.add([early], 10);
			await shared.other.denials.add([late], 10);
			expect(await listed(home)).toEqual([JSON.parse(JSON.stringify(sum))]);
			const other = newId("dn");
			await shared.store.denials.add([{ ...late, id: other }], 10);
			await shared.store.denials.add([{ ...early, id: other }], 10);
			const found = (await listed(home)).find(({ id }) => id === other);
			expect(found).toEqual(JSON.parse(JSON.stringify({ ...sum, id: other })));
		});

		it("keep texts unchanged, whatever they look like to a database", async () => {
			const home = newId("ws");
			const odd = denial(home, {
				detail: "$detail' OR 1=1; {$ne: 1}",
				keyName: "$name",
				address: "$address",
				keyId: "$keyId",
			});
			await shared.store.denials.add([odd], 10);
			expect(await listed(home)).toEqual([odd]);
		});

		it("beyond the number to keep are deleted, oldest first, only for the workspaces in the batch", async () => {
			const [home, neighbour] = [newId("ws"), newId("ws")];
			const many = (id: string, from: number) =>
				Array.from({ length: 20 }, (_, n) => denial(id, { lastAt: from + n }));
			await shared.store.denials.add(many(neighbour, 0), 100);
			await shared.store.denials.add(many(home, someTime), 100);
			expect(await listed(home)).toHaveLength(20);
			const [newest] = many(home, someTime + 100);
			await shared.other.denials.add([newest as Denial], 5);
			expect((await listed(home)).map(({ lastAt }) => lastAt - someTime)).toEqual([100, 19, 18, 17, 16]);
			expect(await listed(neighbour)).toHaveLength(20);
		});

		it("are listed page by page, each once", async () => {
			const home = newId("ws");
			const all = Array.from({ length: 7 }, (_, n) => denial(home, { lastAt: someTime + (n >> 1) }));
			await shared.store.denials.add(all, 100);
			const seen: Denial[] = [];
			let after: PageRequest["after"];
			for (let more = true; more; ) {
				const page = await shared.store.denials.list(home, { limit: 2, after });
				seen.push(...page.records);
				const last = page.records.at(-1);
				after = last && { createdAt: last.lastAt, id: last.id };
				more = page.more;
			}
			expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
			expect(seen).toEqual(await listed(home));
		});

		it("lose no count when instances write the same concurrently", async () => {
			const home = newId("ws");
			const same = Array.from({ length: 5 }, () => denial(home));
			await Promise.all(
				Array.from({ length: 6 }, (_, turn) =>
					(turn % 2 === 0 ? shared.store : shared.other).denials.add(
						turn % 3 === 0 ? [...same].reverse() : same,
						100,
					),
				),
			);
			expect((await listed(home)).map(({ count }) => count)).toEqual([6, 6, 6, 6, 6]);
		});

		it("are deleted by age in batches, and with their workspace", async () => {
			const home = workspace();
			await shared.store.workspaces.create(home, audit());
			// Older than what the other tests wrote.
			const old = Array.from({ length: 5 }, () => denial(home.id, { firstAt: -20, lastAt: -10 }));
			await shared.store.denials.add([...old, denial(home.id)], 100);
			expect(await shared.store.denials.deleteBefore(-9, 3)).toBe(3);
			expect(await shared.store.denials.deleteBefore(-9, 3)).toBe(2);
			expect(await shared.store.denials.deleteBefore(-9, 3)).toBe(0);
			expect(await listed(home.id)).toHaveLength(1);
			await shared.store.workspaces.delete(home.id, audit());
			expect(await listed(home.id)).toEqual([]);
		});
	});
}
