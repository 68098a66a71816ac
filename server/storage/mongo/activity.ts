import type { AnyBulkWriteOperation } from "mongodb";
import type { ActivityMinute, ActivityPoint } from "../../model/activity.js";
import { addLatency, emptyLatency } from "../../model/latency.js";
import { hourOf } from "../../model/spans.js";
import type { ActivityStore } from "../../store/store.js";
import { type ActivityDocument, activityId, idsBeneath } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";

/** Has a collection of its own, which the change feed does not watch. */
export function mongoActivity(database: MongoDatabase): ActivityStore {
	const read = (span: "minute" | "hour") => (workspaceId: string, from: number, to: number) =>
		database.run(async ({ activity }) => {
			const range = { $gte: activityId(workspaceId, span, from), $lt: activityId(workspaceId, span, to) };
			return (await activity.find({ _id: range }).sort({ _id: 1 }).toArray()).map(activityOf);
		});
	return {
		add: async (batch) => {
			if (batch.length === 0) return;
			const additions = additionsOf(batch);
			await database.transaction((session, { activity }) => activity.bulkWrite(additions, { session }));
		},
		minutes: read("minute"),
		hours: read("hour"),
		lastCallAt: (workspaceId) =>
			database.run(async ({ activity }) => {
				const [last] = await activity
					.find({ _id: idsBeneath(`${workspaceId}/hour`) })
					.sort({ _id: -1 })
					.limit(1)
					.toArray();
				return last?.lastAt;
			}),
		deleteBefore: async ({ minutes, hours }, limit) => {
			const deleteSpan = (span: "minute" | "hour", before: number) =>
				database.run(({ activity }) => deleteBatch(activity, { span, start: { $lt: before } }, limit));
			return (await deleteSpan("minute", minutes)) + (await deleteSpan("hour", hours));
		},
	};
}

/** Each document once, ordered by ID, so that instances that write concurrently conflict at the first one, early. */
function additionsOf(batch: readonly ActivityMinute[]): AnyBulkWriteOperation<ActivityDocument>[] {
	const additions = new Map<string, Addition>();
	for (const minute of batch) {
		addTo(additions, "minute", minute.minute, minute);
		addTo(additions, "hour", hourOf(minute.minute), minute);
	}
	return [...additions]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([_id, { span, start, verified, refused, latency, lastAt }]) => {
			const calls = [...latency.entries()].filter(([, count]) => count > 0);
			const inBuckets = Object.fromEntries(calls.map(([bucket, count]) => [`latency.${bucket}`, count]));
			const update = {
				$inc: { verified, refused, ...inBuckets },
				$max: { lastAt },
				$setOnInsert: { span, start },
			};
			return { updateOne: { filter: { _id }, update, upsert: true } };
		});
}

interface Addition {
	readonly span: "minute" | "hour";
	readonly start: number;
	verified: number;
	refused: number;
	readonly latency: number[];
	lastAt: number;
}

function addTo(
	additions: Map<string, Addition>,
	span: "minute" | "hour",
	start: number,
	more: ActivityMinute,
): void {
	const id = activityId(more.workspaceId, span, start);
	const sum = additions.get(id) ?? {
		span,
		start,
		verified: 0,
		refused: 0,
		latency: emptyLatency(),
		lastAt: 0,
	};
	additions.set(id, sum);
	sum.verified += more.verified;
	sum.refused += more.refused;
	addLatency(sum.latency, more.latency);
	sum.lastAt = Math.max(sum.lastAt, more.lastAt);
}

function activityOf({ start, verified, refused, latency = {} }: ActivityDocument): ActivityPoint {
	return { start, verified, refused, latency: emptyLatency().map((none, bucket) => latency[bucket] ?? none) };
}
