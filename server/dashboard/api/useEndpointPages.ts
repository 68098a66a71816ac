import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import { type ListPage, withNewestPage } from "./newestPage.js";
import type { ApiProblem } from "./problem.js";
import { endpointQueryKey } from "./useEndpointQuery.js";

/** One record of a list endpoint. */
export type RecordOf<E extends Endpoint> =
	EndpointOutput<E> extends { readonly data: readonly (infer R)[] } ? R : never;

/** A list that is read page by page. */
export interface EndpointPages<R> {
	/** Those read so far; undefined until the first page is there. */
	readonly records: readonly R[] | undefined;
	readonly problem: ApiProblem | undefined;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	loadMore(): void;
	tryAgain(): void;
}

export interface PagesOptions {
	/** The first page is asked for again this often while the page is in sight: records that have an `id`, newest first. */
	readonly refetchEveryMs?: number;
	/** False: it is not asked yet. */
	readonly enabled?: boolean;
}

/** The records of a list endpoint, the first page at once and the others when they are asked for. */
export function useEndpointPages<E extends Endpoint>(
	endpoint: E,
	sent: Input<E>,
	{ refetchEveryMs, enabled = true }: PagesOptions = {},
): EndpointPages<RecordOf<E>> {
	const api = useApi();
	const queryClient = useQueryClient();
	const queryKey = [...endpointQueryKey(endpoint, sent), "pages"];
	const read = (cursor: string | undefined, signal: AbortSignal) => {
		const { params, query } = sent as { readonly params?: object; readonly query?: object };
		const asked = { params, query: { ...query, cursor } };
		return api.call(endpoint, asked as never, { signal }) as Promise<unknown> as Promise<ListPage>;
	};
	const query = useInfiniteQuery<ListPage, ApiProblem, readonly RecordOf<E>[], readonly unknown[], string>({
		queryKey,
		queryFn: ({ pageParam, signal }) => read(pageParam === "" ? undefined : pageParam, signal),
		enabled,
		initialPageParam: "",
		// What refreshes itself reads its first page, below.
		refetchOnWindowFocus: refetchEveryMs === undefined,
		getNextPageParam: (page) => page.nextCursor,
		select: ({ pages }) => pages.flatMap((page) => page.data as readonly RecordOf<E>[]),
	});
	const newest = useQuery<null, ApiProblem>({
		queryKey: [...endpointQueryKey(endpoint, sent), "newest"],
		queryFn: async ({ signal }) => {
			const page = await read(undefined, signal);
			const before = queryClient.getQueryData<InfiniteData<ListPage, string>>(queryKey);
			const pages = before && withNewestPage(before.pages, page);
			if (pages === undefined) await queryClient.refetchQueries({ queryKey, exact: true });
			else {
				queryClient.setQueryData(queryKey, { pages, pageParams: before?.pageParams.slice(0, pages.length) });
			}
			return null;
		},
		enabled: enabled && refetchEveryMs !== undefined,
		refetchInterval: refetchEveryMs,
		refetchOnWindowFocus: "always",
		// The first answer is the one above.
		initialData: null,
		staleTime: Number.POSITIVE_INFINITY,
	});
	return {
		records: query.data,
		problem: query.error ?? newest.error ?? undefined,
		hasMore: query.hasNextPage,
		isLoadingMore: query.isFetchingNextPage,
		loadMore: () => void query.fetchNextPage(),
		tryAgain: () => void query.refetch(),
	};
}
