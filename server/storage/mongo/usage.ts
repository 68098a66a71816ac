import type { AnyBulkWriteOperation, ClientSession } from "mongodb";
import {
	type KeyUsage,
	type LastUse,
	latestQuotaPeriods,
	mergeLastUse,
	type QuotaUse,
	quotaRetentionMs,
} from "../../model/usage.js";
import type { UsageStore } from "../../store/store.js";
import {
	type Collections,
	type LastUseDocument,
	type QuotaCounterDocument,
	quotaCounterId,
	type UsageHourDocument,
	usageHourId,
} from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { retryOnDuplicate } from "./failures.js";
import { usageRetention } from "./usageRetention.js";
import { addSums, usageSums } from "./usageSums.js";

/**
 * Usage has collections of its own, which the change feed does not watch. A batch
 * is one transaction, so a batch that failed can be added again; only when it is
 * unknown whether it was committed can it be counted twice.
 */
export function mongoUsage(database: MongoDatabase): UsageStore {
	return {
		...usageSums(database),
		...usageRetention(database),
		add: async (batch) => {
			if (batch.length === 0) return new Map();
			// In the same order everywhere, so that instances that count the same keys conflict at the first one, early.
			const ordered = [...batch].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
			return database.transaction((session, collections) => addUsage(collections, ordered, session));
		},
		lastUse: (keyId) =>
			database.run(async ({ lastUses }) => {
				const document = await lastUses.findOne({ _id: keyId });
				return document === null ? undefined : toLastUse(document);
			}),
		lastUses: (keyIds) =>
			database.run(async ({ lastUses }) => {
				const documents = await lastUses.find({ _id: { $in: [...keyIds] } }).toArray();
				return new Map(documents.map((document) => [document._id, toLastUse(document)]));
			}),
		quotaUsed: (keyId, periodStart) =>
			database.run(async ({ quotaCounters }) => {
				return (await quotaCounters.findOne({ _id: quotaCounterId(keyId, periodStart) }))?.used ?? 0;
			}),
		hours: (keyId, from, to) =>
			database.run(async ({ usageHours }) => {
				const range = { $gte: usageHourId(keyId, from), $lt: usageHourId(keyId, to) };
				const documents = await usageHours.find({ _id: range }).sort({ _id: 1 }).toArray();
				return documents.map(({ hour, verified, refused }) => ({ hour, verified, refused }));
			}),
	};
}

async function addUsage(
	collections: Collections,
	batch: readonly KeyUsage[],
	session: ClientSession,
): Promise<Map<string, QuotaUse>> {
	const { lastUses, usageHours, quotaCounters } = collections;
	const hours = batch.flatMap((usage) => usage.hours.map((hour) => addHour(usage.keyId, hour)));
	const quotas = batch.flatMap(({ keyId, quota }) => (quota === undefined ? [] : addQuota(keyId, quota)));
	if (hours.length > 0) await usageHours.bulkWrite(hours, { session });
	await addSums(collections, batch, session);
	await moveLastUses(lastUses, batch, session);
	if (quotas.length === 0) return new Map();
	await quotaCounters.bulkWrite(quotas, { session });
	return readQuotas(quotaCounters, batch, session);
}

function addHour(
	keyId: string,
	{ hour, verified, refused }: KeyUsage["hours"][number],
): AnyBulkWriteOperation<UsageHourDocument> {
	return {
		updateOne: {
			filter: { _id: usageHourId(keyId, hour) },
			update: { $inc: { verified, refused }, $setOnInsert: { hour } },
			upsert: true,
		},
	};
}

/** Reads the stored last uses first: in a transaction, instances that write the same ones conflict and run again. */
async function moveLastUses(
	lastUses: Collections["lastUses"],
	batch: readonly KeyUsage[],
	session: ClientSession,
): Promise<void> {
	const used = batch.flatMap(({ keyId, lastUse }) => (lastUse === undefined ? [] : [{ keyId, lastUse }]));
	if (used.length === 0) return;
	const ids = [...new Set(used.map(({ keyId }) => keyId))];
	const stored = await lastUses.find({ _id: { $in: ids } }, { session }).toArray();
	const merged = new Map(stored.map((document) => [document._id, toLastUse(document)]));
	for (const { keyId, lastUse } of used) merged.set(keyId, mergeLastUse(merged.get(keyId), lastUse));
	const replacements = ids.map((_id) => ({
		replaceOne: { filter: { _id }, replacement: merged.get(_id) as LastUse, upsert: true },
	}));
	await lastUses.bulkWrite(replacements, { session }).catch(retryOnDuplicate);
}

function addQuota(
	keyId: string,
	{ periodStart, used }: QuotaUse,
): AnyBulkWriteOperation<QuotaCounterDocument> {
	return {
		updateOne: {
			filter: { _id: quotaCounterId(keyId, periodStart) },
			update: { $inc: { used }, $setOnInsert: { dropAt: new Date(periodStart + quotaRetentionMs) } },
			upsert: true,
		},
	};
}

/** The counters of the latest period of each key in the batch. */
async function readQuotas(
	quotaCounters: Collections["quotaCounters"],
	batch: readonly KeyUsage[],
	session: ClientSession,
): Promise<Map<string, QuotaUse>> {
	const periods = latestQuotaPeriods(batch);
	const ids = [...periods].map(([keyId, periodStart]) => quotaCounterId(keyId, periodStart));
	const documents = await quotaCounters.find({ _id: { $in: ids } }, { session }).toArray();
	const used = new Map(documents.map((document) => [document._id, document.used]));
	return new Map(
		[...periods].map(([keyId, periodStart]) => [
			keyId,
			{ periodStart, used: used.get(quotaCounterId(keyId, periodStart)) ?? 0 },
		]),
	);
}

function toLastUse({ _id, ...lastUse }: LastUseDocument): LastUse {
	return lastUse;
}
