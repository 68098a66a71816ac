import { newId, someTime } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function leasesConformance(newDatabase: NewDatabase): void {
	describe("a turn at work", () => {
		const shared = sharedDatabase(newDatabase);
		const take = (name: string, holder: string, now: number, until: number, store = shared.store) =>
			store.leases.take(name, holder, now, until);

		it("is one holder's until it ends, and the holder may extend it", async () => {
			const name = newId("work");
			expect(await take(name, "a", someTime, someTime + 10)).toBe(true);
			expect(await take(name, "b", someTime + 9, someTime + 99, shared.other)).toBe(false);
			expect(await take(name, "a", someTime + 9, someTime + 20)).toBe(true);
			expect(await take(name, "b", someTime + 10, someTime + 99, shared.other)).toBe(false);
			expect(await take(name, "b", someTime + 20, someTime + 99, shared.other)).toBe(true);
			expect(await take(name, "a", someTime + 20, someTime + 99)).toBe(false);
		});

		it("can be given back before its time, by its holder only", async () => {
			const name = newId("work");
			await take(name, "a", someTime, someTime + 10);
			await shared.other.leases.release(name, "b");
			expect(await take(name, "b", someTime, someTime + 10)).toBe(false);
			await shared.store.leases.release(name, "a");
			expect(await take(name, "b", someTime, someTime + 10)).toBe(true);
			await shared.store.leases.release(newId("work"), "a");
		});

		it("is free when it ends further ahead than it can: a clock was wrong", async () => {
			const name = newId("work");
			const aheadMs = 400 * 86_400_000;
			expect(await take(name, "a", someTime + aheadMs, someTime + aheadMs + 10)).toBe(true);
			expect(await take(name, "b", someTime, someTime + 10, shared.other)).toBe(true);
			expect(await take(name, "a", someTime + 1, someTime + 11)).toBe(false);
		});

		it("does not stand in the way of other work", async () => {
			const [one, two] = [newId("work"), newId("work")];
			expect(await take(one, "a", someTime, someTime + 10)).toBe(true);
			expect(await take(two, "b", someTime, someTime + 10)).toBe(true);
		});

		it.each([
			["that nobody had", false],
			["that has ended", true],
		])("%s goes to one of those who want it at one moment", async (_which, ended) => {
			for (let round = 0; round < 5; round++) {
				const name = newId("work");
				if (ended) await take(name, "old", someTime - 10, someTime);
				const outcomes = await Promise.all(
					Array.from({ length: 8 }, (_, turn) =>
						take(name, `h${turn}`, someTime, someTime + 10, turn % 2 === 0 ? shared.store : shared.other),
					),
				);
				expect(outcomes.filter((taken) => taken)).toHaveLength(1);
			}
		});
	});
}
