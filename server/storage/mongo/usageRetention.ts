import type { ClientSession, Collection, Filter } from "mongodb";
import type { UsageStore } from "../../store/store.js";
import { type Collections, idsBeneath, type UsageSumDocument } from "./collections.js";
import type { MongoDatabase } from "./database.js";

/** Deletes all that is kept of a key's use but its part in the workspace's sums. */
export async function forgetUsage(
	{ lastUses, usageHours, quotaCounters }: Collections,
	keyId: string,
	session?: ClientSession,
): Promise<void> {
	await lastUses.deleteOne({ _id: keyId }, { session });
	await usageHours.deleteMany({ _id: idsBeneath(keyId) }, { session });
	await quotaCounters.deleteMany({ _id: idsBeneath(keyId) }, { session });
}

/** Deletes what is kept of the use of a workspace that is gone, apart from its keys'. */
export async function forgetWorkspaceUsage(
	{ usageSums, workspaceDays, activity, denials }: Collections,
	workspaceId: string,
): Promise<void> {
	await usageSums.deleteMany({ workspaceId });
	await workspaceDays.deleteMany({ workspaceId });
	await activity.deleteMany({ _id: idsBeneath(workspaceId) });
	await denials.deleteMany({ workspaceId });
}

export function usageRetention(database: MongoDatabase): Pick<UsageStore, "dropBefore" | "dropOrphans"> {
	return {
		dropBefore: async (before, limit) => {
			const drop = <D extends { readonly _id: string }>(
				pick: (all: Collections) => Collection<D>,
				old: object,
			) => database.run((all) => dropSome(pick(all), old as Filter<D>, limit));
			const ended = { until: { $lte: before } };
			return (
				(await drop((all) => all.usageHours, { hour: { $lt: before } })) +
				(await drop((all) => all.usageSums, ended)) +
				(await drop((all) => all.workspaceDays, ended))
			);
		},
		dropOrphans: async (since, after) => {
			const { orphans, next } = await database.run((all) => orphansOf(all, since, after));
			for (const keyId of orphans) await database.run((all) => forgetUsage(all, keyId));
			return { dropped: orphans.length, next };
		},
	};
}

/** The keys that are missing among those of one more document of a day's keys, and where it is. */
async function orphansOf(collections: Collections, since: number, after: string | undefined) {
	const found = await nextSum(collections, since, after);
	if (found === undefined) return { orphans: [], next: undefined };
	return { orphans: await missingKeys(collections, found.keyIds), next: found.position };
}

/** One document of a day's keys: where it is in the order they are looked at, and the keys. */
async function nextSum({ usageSums }: Collections, since: number, after: string | undefined) {
	const [document] = await usageSums
		.find({ span: "day", ...beyond(since, after) })
		.sort({ until: 1, _id: 1 })
		.limit(1)
		.toArray();
	if (document === undefined) return undefined;
	const { verified = {}, refused = {} } = document;
	const keyIds = [...new Set([...Object.keys(verified), ...Object.keys(refused)])];
	return { keyIds, position: JSON.stringify([document.until, document._id]) };
}

function beyond(since: number, after: string | undefined): Filter<UsageSumDocument> {
	if (after === undefined) return { until: { $gt: since } };
	const [until, id] = JSON.parse(after) as [number, string];
	return { $or: [{ until: { $gt: until } }, { until, _id: { $gt: id } }] };
}

async function missingKeys({ keys }: Collections, keyIds: readonly string[]): Promise<string[]> {
	const missing: string[] = [];
	for (let start = 0; start < keyIds.length; start += 1_000) {
		const some = keyIds.slice(start, start + 1_000);
		const found = await keys.find({ _id: { $in: some } }, { projection: { _id: 1 } }).toArray();
		const there = new Set(found.map((key) => key._id));
		missing.push(...some.filter((keyId) => !there.has(keyId)));
	}
	return missing;
}

/** Deletes documents that match, at most `limit`; how many there were. */
export async function dropSome<D extends { readonly _id: string }>(
	collection: Collection<D>,
	old: Filter<D>,
	limit: number,
): Promise<number> {
	const found = await collection
		.find(old, { projection: { _id: 1 } })
		.limit(limit)
		.toArray();
	if (found.length === 0) return 0;
	const ids = found.map((document) => document._id);
	return (await collection.deleteMany({ _id: { $in: ids } } as unknown as Filter<D>)).deletedCount;
}
