import type { AuditEntry, AuditFilter } from "../../../server/model/auditEntry.js";
import { audit, key, newId, place, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function auditConformance(newDatabase: NewDatabase): void {
	describe("the audit", () => {
		const shared = sharedDatabase(newDatabase);

		it("lists entries as they were written, newest first, of one workspace or of all", async () => {
			const [home, neighbour] = [workspace(), workspace()];
			const first = audit({ workspaceId: home.id, targetType: "workspace", targetId: home.id, at: someTime });
			const second = audit({
				at: someTime + 1,
				actor: { type: "account", id: "acc_1", keyId: "k_1" },
				address: "192.0.2.1",
				action: "workspaces.change",
				workspaceId: home.id,
				targetType: "workspace",
				targetId: home.id,
				before: { name: "Obby", idleDays: 3, list: ["a"] },
				after: { name: "Tycoon", nested: { deep: true } },
			});
			const third = audit({ workspaceId: neighbour.id, at: someTime + 2 });
			const fourth = audit({ at: someTime + 3 });
			await shared.store.workspaces.create(home, first);
			await shared.store.workspaces.change(home.id, { name: "Tycoon" }, second);
			await shared.store.workspaces.create(neighbour, third);
			await shared.store.workspaces.create(workspace(), fourth);

			const ofHome = await shared.other.audit.list({ limit: 10, workspaceId: home.id });
			expect(ofHome).toEqual({ records: [second, first], more: false });
			const ofAll = await shared.other.audit.list({ limit: 3 });
			expect(ofAll).toEqual({ records: [fourth, third, second], more: true });
			const after = { createdAt: second.at, id: second.id };
			expect(await shared.store.audit.list({ limit: 10, after })).toEqual({ records: [first], more: false });
		});

		describe("filtered", () => {
			const home = newId("ws");
			const by = (id: string, keyId?: string): AuditEntry["actor"] => ({ type: "account", id, keyId });
			const entries = [
				audit({ workspaceId: home, at: someTime, action: "keys.create", targetId: "k_1" }),
				audit({ workspaceId: home, at: someTime + 1, actor: by("acc_1", "k_a"), action: "keys.rotate" }),
				audit({ workspaceId: home, at: someTime + 2, actor: by("acc_1"), action: "keys.rotate" }),
				audit({ workspaceId: home, at: someTime + 3, actor: by("acc_2", "k_b"), targetId: "k_1" }),
				audit({ workspaceId: newId("ws"), at: someTime + 3, actor: by("acc_1", "k_a"), targetId: "k_1" }),
			];
			beforeAll(async () => {
				for (const entry of entries) await shared.store.workspaces.create(workspace(), entry);
			});

			it.each<[string, AuditFilter, number[]]>([
				["by an account", { actor: "acc_1" }, [2, 1]],
				["to the command line", { actor: "command-line" }, [0]],
				["by the key that was used", { keyId: "k_a" }, [1]],
				["by action", { action: "keys.rotate" }, [2, 1]],
				["by target", { targetId: "k_1" }, [3, 0]],
				["from a moment on", { from: someTime + 2 }, [3, 2]],
				["until before a moment", { to: someTime + 2 }, [1, 0]],
				["by several at once", { actor: "acc_1", action: "keys.rotate", from: someTime + 2 }, [2]],
				["by something that does not exist", { actor: "acc_3" }, []],
			])("%s", async (_how, filter, expected) => {
				const { records } = await shared.other.audit.list({ limit: 10, workspaceId: home, ...filter });
				expect(records.map((entry) => entries.findIndex(({ id }) => id === entry.id))).toEqual(expected);
			});

			it("page by page, within its time range", async () => {
				const asked = { limit: 1, workspaceId: home, from: someTime + 1, to: someTime + 3 };
				const first = await shared.store.audit.list(asked);
				expect(first).toEqual({ records: [entries[2]], more: true });
				const after = { createdAt: someTime + 2, id: entries[2]?.id ?? "" };
				const second = await shared.store.audit.list({ ...asked, after });
				expect(second).toEqual({ records: [entries[1]], more: false });
			});
		});

		/** The entry's ID is taken, so writing it fails after the change was written. */
		it("and its change are written together or not at all", async () => {
			const { store } = shared;
			const taken = audit();
			const home = workspace({ maxKeys: 2 });
			const record = key(home.id, { name: "Main" });
			const allowed = place(home.id);
			await store.workspaces.create(home, taken);
			await store.keys.create(record, audit());
			await store.places.allow(allowed, audit());

			const spare = workspace();
			await expect(store.workspaces.create(spare, taken)).rejects.toThrow();
			expect(await store.workspaces.findById(spare.id)).toBeUndefined();
			await expect(store.workspaces.change(home.id, { name: "x" }, taken)).rejects.toThrow();
			expect(await store.workspaces.findById(home.id)).toEqual(home);

			await expect(store.places.allow({ ...allowed, status: "inactive" }, taken)).rejects.toThrow();
			await expect(store.places.change(home.id, allowed.id, { name: "x" }, taken)).rejects.toThrow();
			await expect(store.places.delete(home.id, allowed.id, taken)).rejects.toThrow();
			expect(await store.places.find(home.id, allowed.id)).toEqual(allowed);

			const second = key(home.id, { name: "Second" });
			await expect(store.keys.create(second, taken)).rejects.toThrow();
			expect(await store.keys.findById(second.id)).toBeUndefined();
			await expect(store.keys.change(record.id, { revokedAt: someTime }, taken)).rejects.toThrow();
			expect(await store.keys.findById(record.id)).toEqual(record);
			// Neither the name nor the slot of the failed change is used up.
			expect(await store.keys.create(key(home.id, { name: "MAIN" }), audit())).toBe("name_taken");
			expect(await store.keys.create(second, audit())).toBe("created");

			for (const { id } of [record, second]) await store.keys.change(id, { revokedAt: someTime }, audit());
			await expect(store.keys.delete(record.id, taken)).rejects.toThrow();
			expect(await store.keys.findById(record.id)).toBeDefined();
			await expect(store.workspaces.delete(home.id, taken)).rejects.toThrow();
			expect(await store.workspaces.findById(home.id)).toEqual(home);
			expect(await store.places.find(home.id, allowed.id)).toEqual(allowed);
		});
	});
}
