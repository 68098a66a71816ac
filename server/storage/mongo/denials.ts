import { type Denial, mergeDenials } from "../../model/denial.js";
import type { DenialStore } from "../../store/store.js";
import type { Collections } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";
import { toDocument, toRecord } from "./documents.js";
import { retryOnDuplicate } from "./failures.js";
import { pageOf } from "./pages.js";

export function mongoDenials(database: MongoDatabase): DenialStore {
	return {
		add: async (batch, keep) => {
			if (batch.length === 0) return;
			// In the same order everywhere, so that instances that add the same denials conflict early.
			const ordered = [...batch].sort((a, b) => (a.id < b.id ? -1 : 1));
			await database.transaction(async (session, { denials }) => {
				const ids = ordered.map(({ id }) => id);
				const stored = await denials.find({ _id: { $in: ids } }, { session }).toArray();
				const merged = new Map(stored.map((document) => [document._id, toRecord<Denial>(document)]));
				for (const denial of ordered) {
					const known = merged.get(denial.id);
					merged.set(denial.id, known === undefined ? denial : mergeDenials(known, denial));
				}
				const replacements = [...new Set(ids)].map((id) => {
					const { _id, ...replacement } = toDocument(merged.get(id) as Denial);
					return { replaceOne: { filter: { _id }, replacement, upsert: true } };
				});
				await denials.bulkWrite(replacements, { session }).catch(retryOnDuplicate);
			});
			// Apart: instances that trim the same workspace need not conflict, and trimming twice is harmless.
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
		deleteBefore: (before, limit) =>
			database.run(({ denials }) => deleteBatch(denials, { lastAt: { $lt: before } }, limit)),
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
