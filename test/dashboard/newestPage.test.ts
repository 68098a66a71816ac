import { type ListPage, withNewestPage } from "../../server/dashboard/api/newestPage.js";

const page = (ids: readonly number[], nextCursor?: string): ListPage => ({
	data: ids.map((id) => ({ id: String(id) })),
	nextCursor,
});
const idsOf = (pages: readonly ListPage[] | undefined) =>
	pages?.map(({ data }) => data.map((record) => Number((record as { id: string }).id)));

describe("a list whose first page is refetched", () => {
	const read = [page([9, 8, 7], "a"), page([6, 5, 4], "b"), page([3, 2, 1])];

	it("puts new records first, and loses none", () => {
		const pages = withNewestPage(read, page([11, 10, 9], "c"));
		expect(idsOf(pages)).toEqual([
			[11, 10, 9],
			[8, 7, 6, 5, 4],
			[3, 2, 1],
		]);
		expect(pages?.at(-1)?.nextCursor).toBeUndefined();
	});

	it("moves records that moved up", () => {
		expect(idsOf(withNewestPage(read, page([2, 9, 8], "c")))).toEqual([
			[2, 9, 8],
			[7, 6, 5, 4],
			[3, 1],
		]);
	});

	it("is reloaded when more records arrived than fit on a page, or the last one changed", () => {
		expect(withNewestPage(read, page([14, 13, 12], "c"))).toBeUndefined();
		const changed = { data: [...page([10, 9]).data, { id: "8", count: 2 }], nextCursor: "c" };
		expect(withNewestPage(read, changed)).toBeUndefined();
	});

	it("is that page alone if no other was loaded, or there are no more", () => {
		expect(idsOf(withNewestPage([page([1], "a")], page([3, 2], "b")))).toEqual([[3, 2]]);
		expect(idsOf(withNewestPage(read, page([9])))).toEqual([[9]]);
	});
});
