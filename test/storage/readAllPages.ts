import type { Page, PageRequest, Position } from "../../server/store/store.js";

interface Listed {
	readonly id: string;
	readonly createdAt: number;
}

/** Reads every record of a list, page by page. */
export async function readAllPages<T extends Listed>(
	list: (page: PageRequest) => Promise<Page<T>>,
	limit: number,
	between: () => Promise<unknown> = async () => {},
): Promise<T[]> {
	const all: T[] = [];
	let after: Position | undefined;
	for (;;) {
		const page = await list({ limit, after });
		expect(page.records.length).toBeLessThanOrEqual(limit);
		all.push(...page.records);
		const last = page.records.at(-1);
		if (!page.more || last === undefined) return all;
		expect(page.records).toHaveLength(limit);
		after = { createdAt: last.createdAt, id: last.id };
		await between();
	}
}

/** The order of every list. */
export const newestFirst = (a: Listed, b: Listed) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
