import { newId, someTime } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function leasesConformance(newDatabase: NewDatabase): void {
	describe("a lease", () => {
		const shared = sharedDatabase(newDatabase);
		const acquire = (name: string, holder: string, now: number, until: number, store = shared.store) =>
			store.leases.acquire(name, holder, now, until);

		it("belongs to one holder until it ends, and the holder may extend it", async () => {
			const name = newId("work");
			expect(await acquire(name, "a", someTime, someTime + 10)).toBe(true);
			expect(await acquire(name, "b", someTime + 9, someTime + 99, shared.other)).toBe(false);
			expect(await acquire(name, "a", someTime + 9, someTime + 20)).toBe(true);
			expect(await acquire(name, "b", someTime + 10, someTime + 99, shared.other)).toBe(false);
			expect(await acquire(name, "b", someTime + 20, someTime + 99, shared.other)).toBe(true);
			expect(await acquire(name, "a", someTime + 20, someTime + 99)).toBe(false);
		});

		it("can be released early, by its holder only", async () => {
			const name = newId("work");
			await acquire(name, "a", someTime, someTime + 10);
			await shared.other.leases.release(name, "b");
			expect(await acquire(name, "b", someTime, someTime + 10)).toBe(false);
			await shared.store.leases.release(name, "a");
			expect(await acquire(name, "b", someTime, someTime + 10)).toBe(true);
			await shared.store.leases.release(newId("work"), "a");
		});

		it("is free when it ends later than it can: a clock was wrong", async () => {
			const name = newId("work");
			const aheadMs = 400 * 86_400_000;
			expect(await acquire(name, "a", someTime + aheadMs, someTime + aheadMs + 10)).toBe(true);
			expect(await acquire(name, "b", someTime, someTime + 10, shared.other)).toBe(true);
			expect(await acquire(name, "a", someTime + 1, someTime + 11)).toBe(false);
		});

		it("does not affect other leases", async () => {
			const [one, two] = [newId("work"), newId("work")];
			expect(await acquire(one, "a", someTime, someTime + 10)).toBe(true);
			expect(await acquire(two, "b", someTime, someTime + 10)).toBe(true);
		});

		it.each([
			["that nobody had", false],
			["that has ended", true],
		])("%s goes to one of several concurrent holders", async (_which, ended) => {
			for (let round = 0; round < 5; round++) {
				const name = newId("work");
				if (ended) await acquire(name, "old", someTime - 10, someTime);
				const outcomes = await Promise.all(
					Array.from({ length: 8 }, (_, turn) =>
						acquire(name, `h${turn}`, someTime, someTime + 10, turn % 2 === 0 ? shared.store : shared.other),
					),
				);
				expect(outcomes.filter((acquired) => acquired)).toHaveLength(1);
			}
		});
	});
}
