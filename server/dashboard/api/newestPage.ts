/** One page of a list endpoint. */
export interface ListPage {
	readonly data: readonly unknown[];
	readonly nextCursor?: string;
}

/**
 * Merges a fresh first page into the pages loaded so far: new records come first, and
 * records that moved into the first page leave their old one. Undefined if there are
 * more new records than fit on a page; the whole list must then be reloaded.
 *
 * See docs/decisions/0055-refresh-the-first-page.md
 */
export function withNewestPage(
	pages: readonly ListPage[],
	newest: ListPage,
): readonly ListPage[] | undefined {
	const [first, ...others] = pages;
	if (first === undefined || newest.nextCursor === undefined) return [newest];
	if (others.length === 0) return [newest];
	// If the last record was already known, nothing after it is new.
	const known = new Set(pages.flatMap(({ data }) => data.map((record) => JSON.stringify(record))));
	if (!known.has(JSON.stringify(newest.data.at(-1)))) return undefined;
	const shown = new Set(newest.data.map(idOf));
	const rest = (page: ListPage) => page.data.filter((record) => !shown.has(idOf(record)));
	const [second, ...last] = others.map((page) => ({ ...page, data: rest(page) }));
	if (second === undefined) return [newest];
	return [newest, { ...second, data: [...rest(first), ...second.data] }, ...last];
}

function idOf(record: unknown): unknown {
	return (record as { readonly id?: string }).id;
}
