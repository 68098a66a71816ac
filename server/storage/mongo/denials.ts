import type { AnyBulkWriteOperation } from "mongodb";
import type { Denial } from "../../model/denial.js";
import type { DenialStore } from "../../store/store.js";
import type { Collections, DocumentOf } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toRecord } from "./documents.js";
import { pageOf } from "./pages.js";

export function mongoDenials(database: MongoDatabase): DenialStore {
	return {
		add: async (batch, keep) => {
			if (batch.length === 0) return;
			// In one order everywhere, so that instances that add the same ones meet early.
			const ordered = [...batch].sort((a, b) => (a.id < b.id ? -1 : 1));
			await database.transaction(async (session, { denials }) => {
				await denials.bulkWrite(ordered.map(addition), { session });
			});
			// Apart: two instances that trim one workspace need not meet, and trimming twice is trimming once.
			for (const workspaceId of new Set(batch.map((denial) => denial.workspaceId))) {
				await database.run((collections) => trim(collections, workspaceId, keep));
			}
		},
		list: (workspaceId, page) =>
			database.run(({ denials }) =>
				pageOf(denials, page, {
					where: { workspaceId },
					time: "lastAt",
					record: (document) => toRecord<Denial>(document),
				}),
			),
		dropBefore: (before, limit) =>
			database.run(async ({ denials }) => {
				const old = await denials
					.find({ lastAt: { $lt: before } }, { projection: { _id: 1 } })
					.limit(limit)
					.toArray();
				if (old.length === 0) return 0;
				const ids = old.map((denial) => denial._id);
				return (await denials.deleteMany({ _id: { $in: ids }, lastAt: { $lt: before } })).deletedCount;
			}),
	};
}

/** The later of two says how it was; decided in the server, which has the one before. */
function addition({
	id,
	count,
	firstAt,
	lastAt,
	...rest
}: Denial): AnyBulkWriteOperation<DocumentOf<Denial>> {
	const later = { $gte: [lastAt, { $ifNull: ["$lastAt", lastAt] }] };
	const { detail, proof, claimedPlaceId, keyName, ...fixed } = rest;
	const circumstances = Object.entries({ detail, proof, claimedPlaceId, keyName }).map(([name, value]) => [
		name,
		{ $cond: [later, value === undefined ? "$$REMOVE" : { $literal: value }, `$${name}`] },
	]);
	const literals = Object.entries(fixed).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, { $literal: value }]],
	);
	return {
		updateOne: {
			filter: { _id: id },
			update: [
				{
					$set: {
						...Object.fromEntries(literals),
						...Object.fromEntries(circumstances),
						count: { $add: [{ $ifNull: ["$count", 0] }, count] },
						firstAt: { $min: [{ $ifNull: ["$firstAt", firstAt] }, firstAt] },
						lastAt: { $max: [{ $ifNull: ["$lastAt", lastAt] }, lastAt] },
					},
				},
			],
			upsert: true,
		},
	};
}

async function trim({ denials }: Collections, workspaceId: string, keep: number): Promise<void> {
	const beyond = await denials
		.find({ workspaceId }, { projection: { _id: 1 } })
		.sort({ lastAt: -1, _id: -1 })
		.skip(keep)
		.toArray();
	if (beyond.length > 0) await denials.deleteMany({ _id: { $in: beyond.map((denial) => denial._id) } });
}
