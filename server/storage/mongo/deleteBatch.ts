import type { Collection, Filter } from "mongodb";

/**
 * Deletes at most `limit` matching documents and returns how many. The condition
 * is checked again when deleting: a document may have changed in between.
 */
export async function deleteBatch<D extends { readonly _id: string }>(
	collection: Collection<D>,
	filter: Filter<D>,
	limit: number,
): Promise<number> {
	const found = await collection
		.find(filter, { projection: { _id: 1 } })
		.limit(limit)
		.toArray();
	if (found.length === 0) return 0;
	const ids = found.map((document) => document._id);
	return (await collection.deleteMany({ $and: [{ _id: { $in: ids } }, filter] } as Filter<D>)).deletedCount;
}
