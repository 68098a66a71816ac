import { audit, key, place, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function workspacesConformance(newDatabase: NewDatabase): void {
	describe("workspaces", () => {
		const shared = sharedDatabase(newDatabase);

		it("are found as they were created, through any handle", async () => {
			const bare = workspace();
			const full = workspace({ placeProof: "network", idleDays: 30, status: "suspended", name: "Ünï 🔑" });
			await shared.store.workspaces.create(bare, audit());
			await shared.store.workspaces.create(full, audit());
			expect(await shared.store.workspaces.findById(bare.id)).toEqual(bare);
			expect(await shared.other.workspaces.findById(full.id)).toEqual(full);
			expect(await shared.store.workspaces.findById("ws_none")).toBeUndefined();
		});

		it("change the given fields, lose those set to null and keep the rest", async () => {
			const before = workspace({ idleDays: 30, placeProof: "claimed" });
			await shared.store.workspaces.create(before, audit());
			const changes = { name: "Tycoon", idleDays: null, status: undefined, updatedAt: someTime + 1 };
			const after = await shared.store.workspaces.change(before.id, changes, audit());
			const { idleDays: _, ...kept } = before;
			expect(after).toEqual({ ...kept, name: "Tycoon", updatedAt: someTime + 1 });
			expect(await shared.other.workspaces.findById(before.id)).toEqual(after);
		});

		it("that do not exist are not changed, and no audit entry is written", async () => {
			const entry = audit({ workspaceId: "ws_none" });
			expect(await shared.store.workspaces.change("ws_none", { name: "x" }, entry)).toBeUndefined();
			expect(await shared.store.workspaces.delete("ws_none", entry)).toBe("missing");
			const list = await shared.store.audit.list({ limit: 10, workspaceId: "ws_none" });
			expect(list.records).toEqual([]);
		});

		it("cannot be deleted while a key is not revoked", async () => {
			const home = workspace();
			const held = key(home.id, { disabledAt: someTime });
			await shared.store.workspaces.create(home, audit());
			await shared.store.keys.create(held, audit());
			expect(await shared.store.workspaces.delete(home.id, audit())).toBe("has_keys");
			expect(await shared.store.workspaces.findById(home.id)).toEqual(home);
			expect(await shared.store.keys.findById(held.id)).toEqual(held);
		});

		it("are deleted with their places, revoked keys and their usage, and nothing else", async () => {
			const { store } = shared;
			const [home, neighbour] = [workspace(), workspace()];
			const [gone, kept] = [key(home.id, { name: "One" }), key(neighbour.id, { name: "One" })];
			const [lost, left] = [place(home.id), place(neighbour.id)];
			for (const each of [home, neighbour]) await store.workspaces.create(each, audit());
			for (const each of [gone, kept]) await store.keys.create(each, audit());
			for (const each of [lost, left]) await store.places.allow(each, audit());
			const lastUse = { at: someTime, address: "192.0.2.1" };
			await store.usage.add([gone, kept].map(({ id }) => ({ keyId: id, hours: [], lastUse })));
			await store.keys.change(gone.id, { revokedAt: someTime }, audit());

			const entry = audit({ workspaceId: home.id, action: "workspaces.delete" });
			expect(await store.workspaces.delete(home.id, entry)).toBe("deleted");
			expect(await store.workspaces.findById(home.id)).toBeUndefined();
			expect(await store.keys.findById(gone.id)).toBeUndefined();
			expect(await store.places.find(home.id, lost.id)).toBeUndefined();
			expect(await store.usage.lastUse(gone.id)).toBeUndefined();
			expect(await store.keys.findById(kept.id)).toEqual(kept);
			expect(await store.places.find(neighbour.id, left.id)).toEqual(left);
			expect(await store.usage.lastUse(kept.id)).toEqual(lastUse);
			const list = await store.audit.list({ limit: 10, workspaceId: home.id });
			expect(list.records).toEqual([entry]);
		});

		it("never have a place or key added while they are deleted", async () => {
			for (let round = 0; round < 5; round++) {
				const home = workspace();
				const [record, allowed] = [key(home.id), place(home.id)];
				await shared.store.workspaces.create(home, audit());
				const [deleted, created, placed] = await Promise.all([
					shared.store.workspaces.delete(home.id, audit()),
					shared.other.keys.create(record, audit()),
					shared.other.places.allow(allowed, audit()),
				]);
				expect([deleted, created]).toEqual(
					deleted === "deleted" ? ["deleted", "workspace_missing"] : ["has_keys", "created"],
				);
				const found = await shared.store.places.find(home.id, allowed.id);
				expect(found).toEqual(deleted === "deleted" ? undefined : placed);
			}
		});
	});
}
