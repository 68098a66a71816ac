import type { AnyBulkWriteOperation, ClientSession, Document } from "mongodb";
import type { KeyUsage, LastUse } from "../../model/usage.js";
import type { QuotaUse, UsageStore } from "../../store/store.js";
import { quotaKeptMs } from "../quotaRetention.js";
import {
	type Collections,
	type LastUseDocument,
	type QuotaCounterDocument,
	quotaCounterId,
	type UsageHourDocument,
	usageHourId,
} from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { usageRetention } from "./usageRetention.js";
import { addSums, usageSums } from "./usageSums.js";

/**
 * Usage has collections of its own, which the change feed does not watch. All
 * of a batch is one transaction, so a batch that failed can be added again;
 * only one whose commit was not heard of can then be counted twice.
 */
export function mongoUsage(database: MongoDatabase): UsageStore {
	return {
		...usageSums(database),
		...usageRetention(database),
		add: async (batch) => {
			if (batch.length === 0) return new Map();
			// In one order everywhere: instances that count the same keys meet at the first of them, and early.
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
	const uses = batch.flatMap(({ keyId, lastUse }) =>
		lastUse === undefined ? [] : moveLastUse(keyId, lastUse),
	);
	const quotas = batch.flatMap(({ keyId, quota }) => (quota === undefined ? [] : addQuota(keyId, quota)));
	if (hours.length > 0) await usageHours.bulkWrite(hours, { session });
	await addSums(collections, batch, session);
	if (uses.length > 0) await lastUses.bulkWrite(uses, { session });
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

/** Replaces the last use by a later one, in the server, which has the newest; so that of a rotated-out token. */
function moveLastUse(
	keyId: string,
	{ previous, ...lastUse }: LastUse,
): AnyBulkWriteOperation<LastUseDocument> {
	const later = { $gt: [lastUse.at, field("$at")] };
	// The last use of a rotated-out token stays: a field that is not there adds none.
	const replacement = {
		$mergeObjects: [{ $literal: { _id: keyId, ...lastUse } }, { previous: "$previous" }],
	};
	const steps: Document[] = [{ $replaceWith: { $cond: [later, replacement, "$$ROOT"] } }];
	if (previous !== undefined) {
		const [known, knownAt] = [field("$previous.rotatedAt"), field("$previous.at")];
		const { rotatedAt, at } = previous;
		const laterPrevious = {
			$or: [{ $gt: [rotatedAt, known] }, { $and: [{ $eq: [rotatedAt, known] }, { $gt: [at, knownAt] }] }],
		};
		steps.push({ $set: { previous: { $cond: [laterPrevious, { rotatedAt, at }, "$previous"] } } });
	}
	return { updateOne: { filter: { _id: keyId }, update: steps, upsert: true } };
}

/** A moment, or one before all others where there is none. */
function field(name: string): Document {
	return { $ifNull: [name, -1] };
}

function addQuota(
	keyId: string,
	{ periodStart, used }: QuotaUse,
): AnyBulkWriteOperation<QuotaCounterDocument> {
	return {
		updateOne: {
			filter: { _id: quotaCounterId(keyId, periodStart) },
			update: { $inc: { used }, $setOnInsert: { dropAt: new Date(periodStart + quotaKeptMs) } },
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
	const periods = new Map<string, number>();
	for (const { keyId, quota } of batch) {
		if (quota !== undefined) periods.set(keyId, Math.max(quota.periodStart, periods.get(keyId) ?? 0));
	}
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
