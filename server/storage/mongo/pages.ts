import type { Collection, Document, Filter, IndexSpecification } from "mongodb";
import type { Page, PageRequest } from "../../store/store.js";

/** One page of a collection, newest first by `time` and then `_id`, of the documents that match `where`. */
export async function pageOf<D extends Document, T>(
	collection: Collection<D>,
	page: PageRequest,
	options: {
		where?: Document;
		time?: string;
		id?: (id: string) => string;
		/** The index to use; absent: MongoDB chooses. */
		hint?: IndexSpecification;
		record: (document: D) => T;
	},
): Promise<Page<T>> {
	const { where = {}, time = "createdAt", id = (text) => text, hint, record } = options;
	const { after } = page;
	const rest: Document =
		after === undefined
			? {}
			: {
					[time]: { $lte: after.createdAt },
					$or: [{ [time]: { $lt: after.createdAt } }, { _id: { $lt: id(after.id) } }],
				};
	const found = (await collection
		.find({ ...where, ...rest } as Filter<D>, { hint })
		.sort({ [time]: -1, _id: -1 })
		// One more than the limit, to know whether another page follows.
		.limit(page.limit + 1)
		.toArray()) as unknown as D[];
	return { records: found.slice(0, page.limit).map(record), more: found.length > page.limit };
}
