import type { ActivityMinute } from "../../../server/model/activity.js";
import { latencyBuckets } from "../../../server/model/latency.js";
import { hourMs, hourOf, minuteMs } from "../../../server/model/spans.js";
import type { Store } from "../../../server/store/store.js";
import { audit, newId, someTime, workspace } from "../samples.js";
import { type NewDatabase, sharedDatabase } from "../testDatabase.js";

export function activityConformance(newDatabase: NewDatabase): void {
	describe("activity", () => {
		const shared = sharedDatabase(newDatabase);
		const hour = hourOf(someTime);

		/** Requests of the `n`th minute of the hour, all in one bucket. */
		function minuteOf(workspaceId: string, n: number, verified = 1, refused = 0, bucket = 0): ActivityMinute {
			const minute = hour + n * minuteMs;
			const counts = { verified, refused, latency: latencyOf({ [bucket]: verified + refused }) };
			return { workspaceId, minute, ...counts, lastAt: minute + 1 };
		}
		function latencyOf(calls: Readonly<Record<number, number>>): number[] {
			return Array.from({ length: latencyBuckets }, (_, bucket) => calls[bucket] ?? 0);
		}
		const allOf = async (workspaceId: string, store: Store = shared.store) => ({
			minutes: await store.activity.minutes(workspaceId, 0, 2 * someTime),
			hours: await store.activity.hours(workspaceId, 0, 2 * someTime),
		});

		it("of a workspace without requests is empty", async () => {
			expect(await allOf("ws_none")).toEqual({ minutes: [], hours: [] });
			expect(await shared.store.activity.lastCallAt("ws_none")).toBeUndefined();
			await shared.store.activity.add([]);
		});

		it("adds up per minute and hour, over batches and handles, latency bucket by bucket", async () => {
			const home = newId("ws");
			await shared.store.activity.add([minuteOf(home, 0, 2, 1, 3), minuteOf(home, 1, 5), minuteOf(home, 60)]);
			await shared.other.activity.add([minuteOf(home, 0, 1, 1, 15), minuteOf(home, 0, 0, 4, 3)]);
			expect(await allOf(home)).toEqual({
				minutes: [
					{ start: hour, verified: 3, refused: 6, latency: latencyOf({ 3: 7, 15: 2 }) },
					{ start: hour + minuteMs, verified: 5, refused: 0, latency: latencyOf({ 0: 5 }) },
					{ start: hour + hourMs, verified: 1, refused: 0, latency: latencyOf({ 0: 1 }) },
				],
				hours: [
					{ start: hour, verified: 8, refused: 6, latency: latencyOf({ 0: 5, 3: 7, 15: 2 }) },
					{ start: hour + hourMs, verified: 1, refused: 0, latency: latencyOf({ 0: 1 }) },
				],
			});
		});

		it("is read by workspace and range, its end exclusive", async () => {
			const [home, neighbour] = [newId("ws"), newId("ws")];
			await shared.store.activity.add([0, 1, 2].map((n) => minuteOf(home, n)));
			await shared.store.activity.add([minuteOf(neighbour, 1), minuteOf(`${home}0`, 1)]);
			const found = await shared.store.activity.minutes(home, hour + minuteMs, hour + 2 * minuteMs);
			expect(found.map(({ start, verified }) => [start, verified])).toEqual([[hour + minuteMs, 1]]);
			expect(await shared.store.activity.hours(home, hour - hourMs, hour)).toEqual([]);
		});

		it("knows the last request, whichever was written last", async () => {
			const home = newId("ws");
			await shared.store.activity.add([minuteOf(home, 61)]);
			await shared.other.activity.add([minuteOf(home, 60), minuteOf(home, 5)]);
			expect(await shared.store.activity.lastCallAt(home)).toBe(hour + 61 * minuteMs + 1);
		});

		it("loses no count when instances write the same concurrently", async () => {
			const homes = Array.from({ length: 5 }, () => newId("ws"));
			const batch = homes.map((home) => minuteOf(home, 0, 1, 2, 4));
			await Promise.all(
				Array.from({ length: 6 }, (_, turn) =>
					(turn % 2 === 0 ? shared.store : shared.other).activity.add(
						turn % 3 === 0 ? [...batch].reverse() : batch,
					),
				),
			);
			const sum = { start: hour, verified: 6, refused: 12, latency: latencyOf({ 4: 18 }) };
			for (const home of homes) expect(await allOf(home)).toEqual({ minutes: [sum], hours: [sum] });
		});

		it("is written completely or not at all", async () => {
			const home = newId("ws");
			const broken = { ...minuteOf(home, 1), verified: "many" as unknown as number };
			await expect(shared.store.activity.add([minuteOf(home, 0), broken])).rejects.toThrow();
			expect(await allOf(home)).toEqual({ minutes: [], hours: [] });
		});

		it("is deleted with its own workspace only", async () => {
			const [home, neighbour] = [workspace(), workspace()];
			await shared.store.workspaces.create(home, audit());
			await shared.store.activity.add([minuteOf(home.id, 0), minuteOf(neighbour.id, 0)]);
			await shared.store.workspaces.delete(home.id, audit());
			expect(await allOf(home.id)).toEqual({ minutes: [], hours: [] });
			expect((await allOf(neighbour.id)).minutes).toHaveLength(1);
		});

		describe("by age", () => {
			// A database of its own: this deletes the records of every test.
			const own = sharedDatabase(newDatabase);

			it("is deleted in batches, minutes and hours by different ages", async () => {
				const home = newId("ws");
				await own.store.activity.add([0, 1, 2, 60, 120].map((n) => minuteOf(home, n)));
				const before = { minutes: hour + 2 * minuteMs, hours: hour + hourMs };
				expect(await own.store.activity.deleteBefore(before, 1)).toBe(2);
				expect(await own.store.activity.deleteBefore(before, 1)).toBe(1);
				expect(await own.store.activity.deleteBefore(before, 1)).toBe(0);
				const { minutes, hours } = await allOf(home, own.other);
				expect(minutes.map(({ start }) => (start - hour) / minuteMs)).toEqual([2, 60, 120]);
				expect(hours.map(({ start }) => (start - hour) / hourMs)).toEqual([1, 2]);
			});
		});
	});
}
