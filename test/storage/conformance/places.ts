import { audit, place, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function placesConformance(newDatabase: NewDatabase): void {
	describe("places", () => {
		const shared = sharedDatabase(newDatabase);
		const home = workspace();
		const neighbour = workspace();
		beforeAll(async () => {
			await shared.store.workspaces.create(home, audit());
			await shared.store.workspaces.create(neighbour, audit());
		});

		it("are found in the workspace that allows them, and in no other", async () => {
			const record = place(home.id, { name: "Lobby" });
			expect(await shared.store.places.allow(record, audit())).toEqual(record);
			expect(await shared.other.places.find(home.id, record.id)).toEqual(record);
			expect(await shared.store.places.find(neighbour.id, record.id)).toBeUndefined();
		});

		it("keep their creation date when they are allowed again, and nothing else", async () => {
			const first = place(home.id, { name: "Lobby" });
			const { name: _, ...unnamed } = first;
			const again = {
				...unnamed,
				status: "inactive",
				createdAt: someTime + 5,
				updatedAt: someTime + 5,
			} as const;
			await shared.store.places.allow(first, audit());
			const after = await shared.store.places.allow(again, audit());
			expect(after).toEqual({ ...again, createdAt: first.createdAt });
			expect(await shared.other.places.find(home.id, first.id)).toEqual(after);
		});

		it("are not allowed in a workspace that does not exist", async () => {
			const record = place("ws_none");
			expect(await shared.store.places.allow(record, audit())).toBeUndefined();
			expect(await shared.store.places.find("ws_none", record.id)).toBeUndefined();
		});

		it("can change, and lose their name when it is set to null", async () => {
			const before = place(home.id, { name: "Lobby" });
			await shared.store.places.allow(before, audit());
			const changes = { name: null, status: "inactive", updatedAt: someTime + 1 } as const;
			const after = await shared.store.places.change(home.id, before.id, changes, audit());
			const { name: _, ...kept } = before;
			expect(after).toEqual({ ...kept, status: "inactive", updatedAt: someTime + 1 });
			expect(await shared.other.places.find(home.id, before.id)).toEqual(after);
			expect(await shared.store.places.change(home.id, "1", changes, audit())).toBeUndefined();
			expect(await shared.store.places.change(neighbour.id, before.id, changes, audit())).toBeUndefined();
		});

		it("are deleted only once", async () => {
			const record = place(home.id);
			await shared.store.places.allow(record, audit());
			expect(await shared.store.places.delete(neighbour.id, record.id, audit())).toBe("missing");
			expect(await shared.store.places.delete(home.id, record.id, audit())).toBe("deleted");
			expect(await shared.other.places.delete(home.id, record.id, audit())).toBe("missing");
			expect(await shared.store.places.find(home.id, record.id)).toBeUndefined();
		});
	});
}
