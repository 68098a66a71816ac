import type { NewDatabase, TestDatabase } from "../testDatabase.js";

export function secretFingerprintsConformance(newDatabase: NewDatabase): void {
	describe("the secret's fingerprint", () => {
		let database: TestDatabase;
		beforeEach(() => {
			database = newDatabase();
		});
		afterEach(() => database.remove());

		it("is stored by the first claim, for every handle, and after opening again", async () => {
			const store = await database.open();
			expect(await store.secretFingerprints.current()).toBeUndefined();
			expect(await store.secretFingerprints.claim("one")).toBe(true);
			expect(await store.secretFingerprints.current()).toBe("one");
			await store.close();
			expect(await (await database.open()).secretFingerprints.current()).toBe("one");
		});

		it("is replaced only by a claim that expects it", async () => {
			const store = await database.open();
			expect(await store.secretFingerprints.claim("two", "one")).toBe(false);
			expect(await store.secretFingerprints.current()).toBeUndefined();
			await store.secretFingerprints.claim("one");
			expect(await store.secretFingerprints.claim("two")).toBe(false);
			expect(await store.secretFingerprints.claim("two", "other")).toBe(false);
			expect(await store.secretFingerprints.current()).toBe("one");
			expect(await store.secretFingerprints.claim("two", "one")).toBe(true);
			expect(await store.secretFingerprints.current()).toBe("two");
		});

		it.each([undefined, "old"])(
			"is one claimant's when several claim at one moment instead of %s",
			async (old) => {
				const stores = await Promise.all([1, 2, 3, 4].map(() => database.open()));
				if (old !== undefined) await stores[0]?.secretFingerprints.claim(old);
				const outcomes = await Promise.all(
					stores.map((store, index) => store.secretFingerprints.claim(`mark ${index}`, old)),
				);
				expect(outcomes.filter((won) => won)).toHaveLength(1);
				const winner = `mark ${outcomes.indexOf(true)}`;
				for (const store of stores) expect(await store.secretFingerprints.current()).toBe(winner);
			},
		);
	});
}
