import type { ClientSession, Collection, Filter } from "mongodb";
import type { UsageStore } from "../../store/store.js";
import { type Collections, idsBeneath, type UsageSumDocument } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";

/** Deletes the usage of a key, except its part in the workspace's sums. */
export async function deleteUsage(
	{ lastUses, usageHours, quotaCounters }: Collections,
	keyId: string,
	session?: ClientSession,
): Promise<void> {
	await lastUses.deleteOne({ _id: keyId }, { session });
	await usageHours.deleteMany({ _id: idsBeneath(keyId) }, { session });
	await quotaCounters.deleteMany({ _id: idsBeneath(keyId) }, { session });
}

/** Deletes the usage of a deleted workspace, apart from that of its keys. */
export async function deleteWorkspaceUsage(
	{ usageSums, workspaceDays, activity, denials }: Collections,
	workspaceId: string,
): Promise<void> {
	await usageSums.deleteMany({ workspaceId });
	await workspaceDays.deleteMany({ workspaceId });
	await activity.deleteMany({ _id: idsBeneath(workspaceId) });
	await denials.deleteMany({ workspaceId });
}

export function usageRetention(database: MongoDatabase): Pick<UsageStore, "deleteBefore" | "deleteOrphans"> {
	return {
		deleteBefore: async (before, limit) => {
			const deleteOld = <D extends { readonly _id: string }>(
				pick: (all: Collections) => Collection<D>,
				old: object,
			) => database.run((all) => deleteBatch(pick(all), old as Filter<D>, limit));
			const ended = { until: { $lte: before } };
			return (
				(await deleteOld((all) => all.usageHours, { hour: { $lt: before } })) +
				(await deleteOld((all) => all.usageSums, ended)) +
				(await deleteOld((all) => all.workspaceDays, ended))
			);
		},
		deleteOrphans: async (since, after) => {
			const { orphans, next } = await database.run((all) => orphansOf(all, since, after));
			for (const keyId of orphans) await database.run((all) => deleteUsage(all, keyId));
			return { deleted: orphans.length, next };
		},
	};
}

/** Reads one more document of a day's keys; returns those of its keys that do not exist, and its position. */
async function orphansOf(collections: Collections, since: number, after: string | undefined) {
	const found = await nextSum(collections, since, after);
	if (found === undefined) return { orphans: [], next: undefined };
	return { orphans: await missingKeys(collections, found.keyIds), next: found.position };
}

/** The next document of a day's keys: its keys, and its position in the order in which they are read. */
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
		const chunk = keyIds.slice(start, start + 1_000);
		const found = await keys.find({ _id: { $in: chunk } }, { projection: { _id: 1 } }).toArray();
		const existing = new Set(found.map((key) => key._id));
		missing.push(...chunk.filter((keyId) => !existing.has(keyId)));
	}
	return missing;
}
