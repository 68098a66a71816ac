/** One answer of a list endpoint. */
export interface ListPage {
	readonly data: readonly unknown[];
	readonly nextCursor?: string;
}

/**
 * The pages read so far, with the first one as it is now: what is new in it
 * comes first, and what moved up into it is taken from where it was. Undefined
 * when the pages no longer follow on it, because more came than one page holds:
 * then all have to be read again.
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
	// The last one being as it was, nothing that comes after it can be new.
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
