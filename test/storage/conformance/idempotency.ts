import { randomBytes } from "node:crypto";
import type { IdempotencyRecord, IdempotencyWrite } from "../../../server/model/idempotencyRecord.js";
import { DuplicateRequest } from "../../../server/store/store.js";
import { audit, key, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

/** Far in the future: MongoDB deletes what expired by its own clock, whatever the test's clock says. */
const at = Date.UTC(2100, 0, 1);

function answer(fields: Partial<IdempotencyRecord> = {}): IdempotencyRecord {
	return { id: newId("an"), sealed: randomBytes(40), keptAt: at, expiresAt: at + 1_000, ...fields };
}

function idempotencyWrite(kept: IdempotencyRecord): IdempotencyWrite<unknown> {
	return { id: kept.id, at: kept.keptAt, recordFor: () => kept };
}

export function idempotencyConformance(newDatabase: NewDatabase): void {
	describe("idempotency records", () => {
		const shared = sharedDatabase(newDatabase);

		it("are found as they were stored, by any handle, together with their change", async () => {
			const [made, issued, rotated] = [answer(), answer(), answer()];
			const home = workspace();
			const record = key(home.id);
			await shared.store.workspaces.create(home, audit(), idempotencyWrite(made));
			await shared.store.keys.create(record, audit(), idempotencyWrite(issued));
			const digest = randomBytes(32);
			const seen: unknown[] = [];
			const after = await shared.store.keys.change(record.id, { digest }, audit(), record.digest, {
				id: rotated.id,
				at,
				recordFor: (outcome) => {
					seen.push(outcome);
					return rotated;
				},
			});
			for (const each of [made, issued, rotated]) {
				expect(await shared.other.idempotency.find(each.id)).toEqual(each);
			}
			// The response is built from the record after the change.
			expect(seen.at(-1)).toEqual(after);
			expect(await shared.store.idempotency.find("none")).toBeUndefined();
		});

		it("reject the same request before anything else, and nothing is changed then", async () => {
			const kept = answer();
			const home = workspace();
			const record = key(home.id, { name: "Main" });
			await shared.store.workspaces.create(home, audit());
			await shared.store.keys.create(record, audit(), idempotencyWrite(kept));
			const again = idempotencyWrite(answer({ id: kept.id, keptAt: at + 999 }));
			const spare = key(home.id, { name: "Main" });
			const entry = audit({ workspaceId: home.id });
			await expect(shared.other.keys.create(spare, entry, again)).rejects.toThrow(DuplicateRequest);
			expect(await shared.store.keys.findById(spare.id)).toBeUndefined();
			const changes = { revokedAt: someTime };
			const changing = shared.store.keys.change(record.id, changes, entry, undefined, again);
			await expect(changing).rejects.toThrow(DuplicateRequest);
			expect(await shared.store.keys.findById(record.id)).toEqual(record);
			const second = workspace();
			await expect(shared.store.workspaces.create(second, entry, again)).rejects.toThrow(DuplicateRequest);
			expect(await shared.store.workspaces.findById(second.id)).toBeUndefined();
			expect((await shared.store.audit.list({ limit: 9, workspaceId: home.id })).records).toEqual([]);
			expect(await shared.store.idempotency.find(kept.id)).toEqual(kept);
		});

		it("are replaced when they expired", async () => {
			const old = answer();
			const next = answer({ id: old.id, keptAt: old.expiresAt, expiresAt: old.expiresAt + 1_000 });
			await shared.store.workspaces.create(workspace(), audit(), idempotencyWrite(old));
			await shared.other.workspaces.create(workspace(), audit(), idempotencyWrite(next));
			expect(await shared.store.idempotency.find(old.id)).toEqual(next);
		});

		it("are not stored for rejected or failed changes", async () => {
			const kept = answer();
			const home = workspace({ maxKeys: 1 });
			const taken = audit();
			await shared.store.workspaces.create(home, taken);
			expect(await shared.store.keys.create(key("ws_none"), audit(), idempotencyWrite(kept))).toBe(
				"workspace_missing",
			);
			await shared.store.keys.create(key(home.id), audit());
			expect(await shared.store.keys.create(key(home.id), audit(), idempotencyWrite(kept))).toBe(
				"limit_reached",
			);
			await expect(
				shared.store.workspaces.create(workspace(), taken, idempotencyWrite(kept)),
			).rejects.toThrow();
			expect(await shared.store.idempotency.find(kept.id)).toBeUndefined();
		});

		it("undo their change when they cannot be built", async () => {
			const spare = workspace();
			const broken: IdempotencyWrite<unknown> = {
				id: newId("an"),
				at,
				recordFor: () => {
					throw new Error("on purpose");
				},
			};
			await expect(shared.store.workspaces.create(spare, audit(), broken)).rejects.toThrow("on purpose");
			expect(await shared.store.workspaces.findById(spare.id)).toBeUndefined();
		});

		it("belong to one change only, of concurrent ones", async () => {
			const id = newId("an");
			const home = workspace();
			await shared.store.workspaces.create(home, audit());
			const outcomes = await Promise.allSettled(
				Array.from({ length: 8 }, (_, turn) =>
					(turn % 2 === 0 ? shared.store : shared.other).keys.create(
						key(home.id, { name: "Main" }),
						audit(),
						idempotencyWrite(answer({ id })),
					),
				),
			);
			const created = outcomes.filter((one) => one.status === "fulfilled" && one.value === "created");
			expect(created).toHaveLength(1);
			const refused = outcomes.filter((one) => one.status === "rejected");
			expect(refused.map((one) => one.reason)).toEqual(
				Array.from({ length: 7 }, () => expect.any(DuplicateRequest)),
			);
			expect((await shared.store.keys.list(home.id, { limit: 10 })).records).toHaveLength(1);
		});

		it("are deleted in batches when they expired", async () => {
			const soon = Date.UTC(2099, 0, 1);
			const expired = Array.from({ length: 5 }, () => answer({ keptAt: soon - 1, expiresAt: soon }));
			const alive = answer({ keptAt: soon - 1, expiresAt: soon + 1 });
			for (const each of [...expired, alive]) {
				await shared.store.workspaces.create(workspace(), audit(), idempotencyWrite(each));
			}
			expect(await shared.store.idempotency.deleteExpired(soon - 1, 10)).toBe(0);
			expect(await shared.store.idempotency.deleteExpired(soon, 3)).toBe(3);
			expect(await shared.store.idempotency.deleteExpired(soon, 3)).toBe(2);
			expect(await shared.store.idempotency.find(alive.id)).toEqual(alive);
		});
	});
}
