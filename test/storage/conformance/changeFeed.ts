import { recordLifeMs } from "../../../server/primitives/freshness.js";
import type { Change, Store } from "../../../server/store/store.js";
import { waitFor } from "../../support/waitFor.js";
import { FeedRecorder } from "../feedRecorder.js";
import { audit, key, newId, place, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function changeFeedConformance(newDatabase: NewDatabase): void {
	describe("the change feed", () => {
		const shared = sharedDatabase(newDatabase);
		const home = workspace({ maxKeys: 1_000_000 });
		beforeAll(() => shared.store.workspaces.create(home, audit()));

		async function listen(store: Store): Promise<FeedRecorder> {
			const recorder = new FeedRecorder();
			await store.changes.subscribe(recorder);
			return recorder;
		}

		it("delivers every kind of change to every handle, including its own", async () => {
			const { store } = shared;
			const recorders = [await listen(store), await listen(shared.other)];
			const next = async (change: Change, make: () => Promise<unknown>) => {
				for (const recorder of recorders) recorder.changes.length = 0;
				await make();
				for (const recorder of recorders) await recorder.waitForChange(change, 1_000);
			};
			const added = workspace();
			const record = key(home.id);
			const allowed = place(home.id);
			const ofWorkspace = { type: "workspace", id: added.id } as const;
			const ofKey = { type: "key", id: record.id } as const;
			const ofPlace = { type: "place", workspaceId: home.id, placeId: allowed.id } as const;
			await next(ofWorkspace, () => store.workspaces.create(added, audit()));
			await next(ofWorkspace, () => store.workspaces.change(added.id, { status: "suspended" }, audit()));
			await next(ofWorkspace, () => store.workspaces.delete(added.id, audit()));
			await next(ofPlace, () => store.places.allow(allowed, audit()));
			await next(ofPlace, () => store.places.change(home.id, allowed.id, { status: "inactive" }, audit()));
			await next(ofPlace, () => store.places.delete(home.id, allowed.id, audit()));
			await next(ofKey, () => store.keys.create(record, audit()));
			await next(ofKey, () => store.keys.change(record.id, { revokedAt: someTime }, audit()));
			await next(ofKey, () => store.keys.delete(record.id, audit()));
		});

		it("delivers the places and keys that are deleted with a workspace", async () => {
			const added = workspace();
			const record = key(added.id);
			const allowed = place(added.id);
			await shared.store.workspaces.create(added, audit());
			await shared.store.keys.create(record, audit());
			await shared.store.keys.change(record.id, { revokedAt: someTime }, audit());
			await shared.store.places.allow(allowed, audit());
			const recorder = await listen(shared.other);
			await shared.store.workspaces.delete(added.id, audit());
			await recorder.waitForChange({ type: "workspace", id: added.id });
			await recorder.waitForChange({ type: "key", id: record.id });
			await recorder.waitForChange({ type: "place", workspaceId: added.id, placeId: allowed.id });
		});

		it("delivers neither written usage nor failed changes", async () => {
			const recorder = await listen(shared.other);
			const taken = audit();
			const record = key(home.id);
			await shared.store.keys.create(record, taken);
			await recorder.waitForChange({ type: "key", id: record.id });
			recorder.changes.length = 0;
			const lastUse = { at: someTime, address: "192.0.2.1" };
			const quota = { periodStart: someTime, used: 1 };
			const hours = [{ hour: someTime, verified: 1, refused: 0 }];
			await shared.store.usage.add([{ keyId: record.id, hours, lastUse, quota }]);
			await expect(shared.store.keys.change(record.id, { name: "x" }, taken)).rejects.toThrow();
			const last = key(home.id);
			await shared.store.keys.create(last, audit());
			await recorder.waitForChange({ type: "key", id: last.id });
			expect(recorder.changes).toEqual([{ type: "key", id: last.id }]);
		});

		it("confirms at least twice a second, and only after it has delivered", async () => {
			const recorder = await listen(shared.other);
			await waitFor("ten confirmations", () => recorder.confirmations.length >= 10);
			const gaps = recorder.confirmations.slice(1).map((at, i) => at - (recorder.confirmations[i] ?? 0));
			// The machine may pause this process for a moment; records in memory must not expire meanwhile.
			expect([...gaps].sort((a, b) => a - b)[gaps.length >> 1]).toBeLessThan(500);
			expect(Math.max(...gaps)).toBeLessThan(recordLifeMs);
			expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);

			for (let round = 0; round < 5; round++) {
				const record = key(home.id);
				await shared.store.keys.create(record, audit());
				await recorder.waitForConfirmation();
				expect(recorder.has({ type: "key", id: record.id })).toBe(true);
			}
		});

		it("confirms nothing later than a change that it has not delivered yet", async () => {
			const added = workspace();
			await shared.store.workspaces.create(added, audit());
			const records = Array.from({ length: 10 }, () => key(added.id));
			for (const record of records) {
				await shared.store.keys.create(record, audit());
				await shared.store.keys.change(record.id, { revokedAt: someTime }, audit());
			}
			// From here on every change of these keys is their deletion.
			await (await listen(shared.other)).waitForConfirmation();
			const reported = new Map<string, number>();
			const early: string[] = [];
			await shared.other.changes.subscribe({
				changed: (change) => {
					if (change.type === "key") reported.set(change.id, performance.now());
				},
				confirmed: (at) => {
					// They were deleted in one transaction: when the first was delivered, all had happened.
					const happened = Math.min(...records.map(({ id }) => reported.get(id) ?? Number.POSITIVE_INFINITY));
					if (at >= happened) early.push(...records.map(({ id }) => id).filter((id) => !reported.has(id)));
				},
			});
			expect(await shared.store.workspaces.delete(added.id, audit())).toBe("deleted");
			await waitFor("news of all keys", () => records.every(({ id }) => reported.has(id)));
			expect(early).toEqual([]);
		});

		it("confirms while changes come without a pause", async () => {
			const recorder = await listen(shared.other);
			await recorder.waitForConfirmation();
			const count = recorder.confirmations.length;
			const end = performance.now() + 1_500;
			while (performance.now() < end) {
				expect(await shared.store.keys.create(key(home.id), audit())).toBe("created");
			}
			expect(recorder.confirmations.length - count).toBeGreaterThanOrEqual(3);
		});

		it("delivers to each subscriber what happens after it subscribed, until it closes", async () => {
			const [early, late] = [new FeedRecorder(), new FeedRecorder()];
			const subscription = await shared.other.changes.subscribe(early);
			const first = key(home.id);
			await shared.store.keys.create(first, audit());
			await early.waitForChange({ type: "key", id: first.id });
			await shared.other.changes.subscribe(late);
			await subscription.close();
			const second = key(home.id, { name: newId("Late") });
			await shared.store.keys.create(second, audit());
			await late.waitForChange({ type: "key", id: second.id });
			expect(late.has({ type: "key", id: first.id })).toBe(false);
			expect(early.has({ type: "key", id: second.id })).toBe(false);
		});

		it("accepts subscribers again after the last one left", async () => {
			const store = await shared.database.open();
			const before = new FeedRecorder();
			await (await store.changes.subscribe(before)).close();
			const recorder = await listen(store);
			const record = key(home.id);
			await shared.store.keys.create(record, audit());
			await waitFor(
				"the news",
				() => recorder.has({ type: "key", id: record.id }) || recorder.has({ type: "everything" }),
			);
			expect(before.changes).toEqual([]);
			await store.close();
			const count = recorder.confirmations.length;
			await shared.store.keys.create(key(home.id), audit());
			expect(recorder.confirmations).toHaveLength(count);
		});
	});
}
