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

/** A list that is loaded page by page. */
export interface EndpointPages<R> {
	/** The records loaded so far; undefined until the first page has loaded. */
	readonly records: readonly R[] | undefined;
	readonly problem: ApiProblem | undefined;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	loadMore(): void;
	tryAgain(): void;
}

interface PagesOptions {
	/**
	 * How often the first page is refetched while the page is visible. For records that
	 * have an `id`, newest first.
	 */
	readonly refetchEveryMs?: number;
	/** False: nothing is fetched yet. */
	readonly enabled?: boolean;
}

/** The records of a list endpoint: the first page immediately, the others on demand. */
export function useEndpointPages<E extends Endpoint>(
	endpoint: E,
	input: Input<E>,
	{ refetchEveryMs, enabled = true }: PagesOptions = {},
): EndpointPages<RecordOf<E>> {
	const api = useApi();
	const queryClient = useQueryClient();
	const queryKey = [...endpointQueryKey(endpoint, input), "pages"];
	const read = (cursor: string | undefined, signal: AbortSignal) => {
		const { params, query } = input as { readonly params?: object; readonly query?: object };
		const pageInput = { params, query: { ...query, cursor } };
		return api.call(endpoint, pageInput as never, { signal }) as Promise<unknown> as Promise<ListPage>;
	};
	const query = useInfiniteQuery<ListPage, ApiProblem, readonly RecordOf<E>[], readonly unknown[], string>({
		queryKey,
		queryFn: ({ pageParam, signal }) => read(pageParam === "" ? undefined : pageParam, signal),
		enabled,
		initialPageParam: "",
		// With an interval, only the first page is refetched, below.
		refetchOnWindowFocus: refetchEveryMs === undefined,
		getNextPageParam: (page) => page.nextCursor,
		select: ({ pages }) => pages.flatMap((page) => page.data as readonly RecordOf<E>[]),
	});
	const newest = useQuery<null, ApiProblem>({
		queryKey: [...endpointQueryKey(endpoint, input), "newest"],
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
		// The first response is the one above.
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
