import { randomBytes } from "node:crypto";
import type { Store } from "../../../server/store/store.js";
import { audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function keyRacesConformance(newDatabase: NewDatabase): void {
	describe("two concurrent changes", () => {
		const shared = sharedDatabase(newDatabase);
		const either = (turn: number): Store => (turn % 2 === 0 ? shared.store : shared.other);

		async function createWorkspace(maxKeys = 1000): Promise<string> {
			const record = workspace({ maxKeys });
			await shared.store.workspaces.create(record, audit());
			return record.id;
		}

		it("cannot take the same name", async () => {
			const home = await createWorkspace();
			const entries = Array.from({ length: 8 }, () => audit({ workspaceId: home }));
			const outcomes = await Promise.all(
				entries.map((entry, turn) => {
					const name = turn % 3 === 0 ? "MAIN" : "Main";
					return either(turn).keys.create(key(home, { name }), entry);
				}),
			);
			expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
			expect(outcomes.filter((outcome) => outcome === "name_taken")).toHaveLength(7);
			expect((await shared.store.keys.list(home, { limit: 10 })).records).toHaveLength(1);
			const audited = await shared.store.audit.list({ limit: 10, workspaceId: home });
			expect(audited.records).toEqual([entries[outcomes.indexOf("created")]]);
		});

		it("cannot rename to the same name", async () => {
			const home = await createWorkspace();
			const records = Array.from({ length: 4 }, () => key(home));
			for (const record of records) await shared.store.keys.create(record, audit());
			const outcomes = await Promise.all(
				records.map((record, turn) => either(turn).keys.change(record.id, { name: "Main" }, audit())),
			);
			expect(outcomes.filter((outcome) => outcome === "name_taken")).toHaveLength(3);
		});

		it("cannot exceed the workspace's limit of keys", async () => {
			const home = await createWorkspace(3);
			const outcomes = await Promise.all(
				Array.from({ length: 10 }, (_, turn) => either(turn).keys.create(key(home), audit())),
			);
			expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(3);
			expect(outcomes.filter((outcome) => outcome === "limit_reached")).toHaveLength(7);
			expect((await shared.store.keys.list(home, { limit: 100 })).records).toHaveLength(3);
		});

		it("cannot release one key's slot twice by revoking it", async () => {
			const home = await createWorkspace(2);
			const [record, other] = [key(home), key(home)];
			for (const each of [record, other]) await shared.store.keys.create(each, audit());
			const outcomes = await Promise.all(
				Array.from({ length: 4 }, (_, turn) =>
					either(turn).keys.change(record.id, { revokedAt: someTime + turn }, audit()),
				),
			);
			expect(outcomes.filter((outcome) => outcome === "revoked")).toHaveLength(3);
			expect(await shared.store.keys.create(key(home), audit())).toBe("created");
			expect(await shared.store.keys.create(key(home), audit())).toBe("limit_reached");
		});

		it("cannot both rotate a key", async () => {
			const home = await createWorkspace();
			const record = key(home, { name: newId("Rotated") });
			await shared.store.keys.create(record, audit());
			const digests = Array.from({ length: 6 }, () => randomBytes(32));
			const outcomes = await Promise.all(
				digests.map((digest, turn) =>
					either(turn).keys.change(record.id, { digest, rotatedAt: someTime }, audit(), record.digest),
				),
			);
			expect(outcomes.filter((outcome) => outcome === "outdated")).toHaveLength(5);
			const winner = outcomes.findIndex((outcome) => outcome !== "outdated");
			expect((await shared.store.keys.findById(record.id))?.digest).toEqual(digests[winner]);
		});
	});
}
