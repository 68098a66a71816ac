import { limits } from "../../../shared/limits.js";
import type { Page, PageRequest, Position } from "../../store/store.js";

/** Reads every record of a list in the store, newest first, a page at a time. */
export async function* recordPages<R extends Position>(
	list: (page: PageRequest) => Promise<Page<R>>,
): AsyncGenerator<readonly R[]> {
	let after: Position | undefined;
	for (;;) {
		const { records, more } = await list({ limit: limits.pageSize, after });
		if (records.length > 0) yield records;
		after = records.at(-1);
		if (!more || after === undefined) return;
	}
}
