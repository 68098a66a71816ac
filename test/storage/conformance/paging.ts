import fc from "fast-check";
import { newestFirst, readAllPages } from "../readAllPages.js";
import { audit, key, place, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function pagingConformance(newDatabase: NewDatabase): void {
	describe("lists", () => {
		const shared = sharedDatabase(newDatabase);

		it("list every record once, newest first and then by ID, for any page size", async () => {
			const moments = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 });
			await fc.assert(
				fc.asyncProperty(moments, fc.integer({ min: 1, max: 5 }), async (offsets, limit) => {
					const home = workspace();
					await shared.store.workspaces.create(home, audit());
					const keys = offsets.map((offset) => key(home.id, { createdAt: someTime + offset }));
					const places = offsets.map((offset) => place(home.id, { createdAt: someTime + offset }));
					for (const each of keys) await shared.store.keys.create(each, audit());
					for (const each of places) await shared.store.places.allow(each, audit());
					const listed = await readAllPages((page) => shared.other.keys.list(home.id, page), limit);
					expect(listed).toEqual(keys.sort(newestFirst));
					const allowed = await readAllPages((page) => shared.other.places.list(home.id, page), limit);
					expect(allowed).toEqual(places.sort(newestFirst));
				}),
				{ numRuns: 12 },
			);
		});

		it("are not shifted by records created while somebody pages", async () => {
			const home = workspace();
			await shared.store.workspaces.create(home, audit());
			const create = (createdAt: number) =>
				shared.other.keys.create(key(home.id, { createdAt }), audit()).then(() => {});
			const before = Array.from({ length: 9 }, (_, index) => key(home.id, { createdAt: someTime + index }));
			for (const each of before) await shared.store.keys.create(each, audit());
			let later = someTime + 100;
			const listed = await readAllPages(
				(page) => shared.store.keys.list(home.id, page),
				2,
				() => Promise.all([create(later++), create(later++), create(later++)]),
			);
			expect(listed).toEqual(before.sort(newestFirst));
		});

		it("work the same for workspaces and audit entries", async () => {
			const records = Array.from({ length: 5 }, (_, index) =>
				workspace({ createdAt: someTime + 1000 + (index >> 1) }),
			);
			const entries = records.map(({ id }, index) =>
				audit({ workspaceId: id, at: someTime + 2000 + (index >> 1) }),
			);
			for (const [index, record] of records.entries()) {
				await shared.store.workspaces.create(record, entries[index] ?? audit());
			}
			const known = new Set(records.map(({ id }) => id));
			const listed = await readAllPages((page) => shared.store.workspaces.list(page), 2);
			expect(listed.filter(({ id }) => known.has(id))).toEqual(records.sort(newestFirst));
			const trail = await readAllPages(async (page) => {
				const { records: found, more } = await shared.store.audit.list(page);
				return { records: found.map((entry) => ({ ...entry, createdAt: entry.at })), more };
			}, 2);
			const expected = entries.map((entry) => ({ ...entry, createdAt: entry.at })).sort(newestFirst);
			expect(trail.filter((entry) => known.has(entry.workspaceId ?? ""))).toEqual(expected);
		});

		it("of what does not exist are empty", async () => {
			expect(await shared.store.keys.list("ws_none", { limit: 5 })).toEqual({ records: [], more: false });
			expect(await shared.store.places.list("ws_none", { limit: 5 })).toEqual({ records: [], more: false });
		});
	});
}
