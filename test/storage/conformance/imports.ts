import { randomBytes } from "node:crypto";
import type { KeyImport } from "../../../server/model/keyImport.js";
import { FeedRecorder } from "../feedRecorder.js";
import { audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function importsConformance(newDatabase: NewDatabase): void {
	describe("imports", () => {
		const shared = sharedDatabase(newDatabase);
		const home = workspace();
		const neighbour = workspace();
		beforeAll(async () => {
			await shared.store.workspaces.create(home, audit());
			await shared.store.workspaces.create(neighbour, audit());
		});

		function foreign(
			workspaceId = home.id,
			fields: { name?: string; prefix?: string; digests?: readonly Buffer[] } = {},
		): KeyImport {
			const { digests = [randomBytes(32)], prefix = "old_" } = fields;
			const { name = newId("Imported") } = fields;
			const record = key(workspaceId, { name, digest: digests[0] });
			return {
				key: { ...record, workspaceId, importedPrefix: prefix },
				audit: audit({ workspaceId, targetId: record.id }),
				digests,
			};
		}

		it("are found as keys, by the digest of their token, through any handle, each with its audit entry", async () => {
			const wanted = [foreign(home.id, { prefix: "auxvyn_" }), foreign()];
			expect(await shared.store.imports.add(home.id, wanted)).toEqual(["imported", "imported"]);
			for (const { key: record, audit: entry } of wanted) {
				expect(await shared.other.keys.findById(record.id)).toEqual(record);
				expect(await shared.other.imports.keyIdOf(record.digest)).toBe(record.id);
				const { records } = await shared.other.audit.list({ targetId: record.id, limit: 5 });
				expect(records).toEqual([entry]);
			}
			expect(await shared.other.imports.keyIdOf(randomBytes(32))).toBeUndefined();
			const prefixes = await shared.other.imports.prefixes();
			expect(prefixes).toEqual(expect.arrayContaining(["auxvyn_", "old_"]));
			expect(new Set(prefixes).size).toBe(prefixes.length);
		});

		it("are recognised the second time, under any digest of their token, and stay as they are", async () => {
			const first = foreign();
			await shared.store.imports.add(home.id, [first]);
			const again = foreign(home.id, { digests: [randomBytes(32), first.key.digest] });
			expect(await shared.other.imports.add(home.id, [again])).toEqual(["known"]);
			expect(await shared.store.keys.findById(again.key.id)).toBeUndefined();
			const elsewhere = foreign(neighbour.id, { digests: again.digests.slice(1) });
			expect(await shared.store.imports.add(neighbour.id, [elsewhere])).toEqual(["known_elsewhere"]);
			expect(await shared.store.imports.keyIdOf(first.key.digest)).toBe(first.key.id);
		});

		it("cannot take the name of another key, from before or from the same import", async () => {
			const [taken, twice] = [newId("Taken"), newId("Twice")];
			await shared.store.keys.create(key(home.id, { name: taken }), audit());
			const outcomes = await shared.store.imports.add(home.id, [
				foreign(home.id, { name: taken.toUpperCase() }),
				foreign(home.id, { name: twice }),
				foreign(home.id, { name: twice.toLowerCase() }),
			]);
			expect(outcomes).toEqual(["name_taken", "imported", "name_taken"]);
			expect(await shared.store.keys.create(key(home.id, { name: twice }), audit())).toBe("name_taken");
		});

		it("are limited by the workspace, which must exist", async () => {
			const small = workspace({ maxKeys: 3 });
			await shared.store.workspaces.create(small, audit());
			await shared.store.keys.create(key(small.id), audit());
			const wanted = [foreign(small.id), foreign(small.id), foreign(small.id)];
			expect(await shared.store.imports.add(small.id, wanted)).toEqual([
				"imported",
				"imported",
				"limit_reached",
			]);
			expect(await shared.store.keys.create(key(small.id), audit())).toBe("limit_reached");
			expect(await shared.store.imports.add("ws_none", [foreign("ws_none")])).toBe("workspace_missing");
			expect(await shared.store.imports.preview("ws_none", [foreign("ws_none")], 0)).toBe(
				"workspace_missing",
			);
		});

		it("happen once when two run concurrently", async () => {
			const wanted = [foreign(), foreign()];
			const again = wanted.map(({ key: { name }, digests }) => foreign(home.id, { name, digests }));
			const outcomes = await Promise.all([
				shared.store.imports.add(home.id, wanted),
				shared.other.imports.add(home.id, again),
			]);
			expect(outcomes.flat().sort()).toEqual(["imported", "imported", "known", "known"]);
		});

		it("are previewed with the outcomes they would have, without being written", async () => {
			const small = workspace({ maxKeys: 4 });
			await shared.store.workspaces.create(small, audit());
			const known = foreign(small.id);
			await shared.store.imports.add(small.id, [known]);
			const wanted = [
				foreign(small.id, { digests: known.digests }),
				foreign(small.id, { name: known.key.name }),
				foreign(small.id, { prefix: "never_" }),
				foreign(small.id),
				foreign(small.id),
			];
			const expected = ["known", "name_taken", "imported", "imported", "imported"];
			expect(await shared.store.imports.preview(small.id, wanted, 0)).toEqual(expected);
			const fuller = ["known", "name_taken", "imported", "limit_reached", "limit_reached"];
			expect(await shared.store.imports.preview(small.id, wanted, 2)).toEqual(fuller);
			expect((await shared.store.keys.list(small.id, { limit: 9 })).records).toEqual([known.key]);
			expect(await shared.store.imports.prefixes()).not.toContain("never_");
			const repeated = [
				wanted[3],
				foreign(small.id, { name: wanted[3]?.key.name }),
				wanted[3],
			] as KeyImport[];
			expect(await shared.store.imports.preview(small.id, repeated, 0)).toEqual([
				"imported",
				"name_taken",
				"known",
			]);
		});

		it("lose the prefix when they are rotated, and are still found by the old token", async () => {
			const { key: record } = foreign();
			await shared.store.imports.add(home.id, [{ key: record, audit: audit(), digests: [record.digest] }]);
			const digest = randomBytes(32);
			const changes = { digest, previousDigest: record.digest, importedPrefix: null };
			const { importedPrefix: _, ...rest } = record;
			expect(await shared.store.keys.change(record.id, changes, audit())).toEqual({
				...rest,
				digest,
				previousDigest: record.digest,
			});
			expect(await shared.other.imports.keyIdOf(record.digest)).toBe(record.id);
		});

		/** A key that was imported, revoked and deleted, alone or with its workspace. */
		async function deleted(how: "alone" | "with its workspace" = "alone"): Promise<KeyImport> {
			const own = workspace();
			await shared.store.workspaces.create(own, audit());
			const gone = foreign(own.id, { digests: [randomBytes(32), randomBytes(32)] });
			await shared.store.imports.add(own.id, [gone]);
			await shared.store.keys.change(gone.key.id, { revokedAt: someTime }, audit());
			if (how === "alone") await shared.store.keys.delete(gone.key.id, audit());
			await shared.store.workspaces.delete(own.id, audit());
			return gone;
		}
		const again = ({ digests }: KeyImport) => foreign(home.id, { digests });

		it.each(["alone", "with its workspace"] as const)(
			"lead to no key once it is deleted (%s), and come in again only on purpose",
			async (how) => {
				const gone = await deleted(how);
				// As seen by an instance whose secret has changed since.
				const digests = [randomBytes(32), gone.key.digest];
				const wanted = foreign(home.id, { digests });
				const { imports } = shared.other;
				expect(await imports.keyIdOf(gone.key.digest)).toBeUndefined();
				expect(await imports.add(home.id, [wanted])).toEqual(["known_deleted"]);
				expect(await imports.preview(home.id, [wanted], 0)).toEqual(["known_deleted"]);
				expect(await shared.store.keys.findById(wanted.key.id)).toBeUndefined();
				const onPurpose = { deletedToo: true };
				expect(await imports.preview(home.id, [wanted], 0, onPurpose)).toEqual(["imported"]);
				expect(await imports.add(home.id, [foreign(), wanted], onPurpose)).toEqual(["imported", "imported"]);
				expect(await imports.keyIdOf(wanted.key.digest)).toBe(wanted.key.id);
				expect(await imports.keyIdOf(gone.key.digest)).toBeUndefined();
				expect(await imports.add(home.id, [again(wanted)], onPurpose)).toEqual(["known"]);
				const elsewhere = foreign(neighbour.id, { digests });
				expect(await imports.add(neighbour.id, [elsewhere], onPurpose)).toEqual(["known_elsewhere"]);
			},
		);

		it("are remembered as deleted every time their key is deleted", async () => {
			const second = again(await deleted());
			await shared.store.imports.add(home.id, [second], { deletedToo: true });
			await shared.store.keys.change(second.key.id, { revokedAt: someTime }, audit());
			await shared.store.keys.delete(second.key.id, audit());
			expect(await shared.other.imports.keyIdOf(second.key.digest)).toBeUndefined();
			expect(await shared.other.imports.add(home.id, [again(second)])).toEqual(["known_deleted"]);
		});

		it("do not come back when they are imported while their key is being deleted", async () => {
			for (let n = 0; n < 5; n++) {
				const first = foreign();
				await shared.store.imports.add(home.id, [first]);
				await shared.store.keys.change(first.key.id, { revokedAt: someTime }, audit());
				const [gone, [outcome = "imported"]] = await Promise.all([
					shared.store.keys.delete(first.key.id, audit()),
					shared.other.imports.add(home.id, [again(first)]) as Promise<readonly string[]>,
				]);
				expect(gone).toBe("deleted");
				expect(["known", "known_deleted"]).toContain(outcome);
				expect(await shared.store.imports.keyIdOf(first.key.digest)).toBeUndefined();
			}
		});

		it("of deleted keys are imported once, also when two import them deliberately", async () => {
			const gone = await deleted();
			const [here, there] = [again(gone), again(gone)];
			const outcomes = await Promise.all([
				shared.store.imports.add(home.id, [here], { deletedToo: true }),
				shared.other.imports.add(home.id, [there], { deletedToo: true }),
			]);
			expect(outcomes.flat().sort()).toEqual(["imported", "known"]);
			const winner = outcomes[0]?.[0] === "imported" ? here : there;
			expect(await shared.store.imports.keyIdOf(gone.key.digest)).toBe(winner.key.id);
		});

		it("are delivered to every handle, also with a known prefix, and only when a key was imported", async () => {
			const recorders = [new FeedRecorder(), new FeedRecorder()];
			const [here, there] = recorders;
			if (here === undefined || there === undefined) throw new Error("two recorders");
			await shared.store.changes.subscribe(here);
			await shared.other.changes.subscribe(there);
			for (let n = 0; n < 2; n++) {
				for (const recorder of recorders) recorder.changes.length = 0;
				const wanted = foreign();
				await shared.store.imports.add(home.id, [wanted]);
				for (const recorder of recorders) await recorder.waitForChange({ type: "imports" }, 1_000);
				for (const recorder of recorders) recorder.changes.length = 0;
				await shared.store.imports.add(home.id, [wanted]);
				for (const recorder of recorders) await recorder.waitForConfirmation();
				expect([...here.changes, ...there.changes]).toEqual([]);
			}
		});
	});
}
