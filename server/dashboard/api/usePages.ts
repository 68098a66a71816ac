import { useInfiniteQuery } from "@tanstack/react-query";
import type { Endpoint, EndpointOutput } from "../../../shared/endpoint.js";
import { useApi } from "./ApiContext.js";
import type { Sent } from "./client.js";
import type { ApiProblem } from "./problem.js";
import { answerKey } from "./useAnswer.js";

interface Page {
	readonly data: readonly unknown[];
	readonly nextCursor?: string;
}

/** One record of a list endpoint. */
export type RecordOf<E extends Endpoint> =
	EndpointOutput<E> extends { readonly data: readonly (infer R)[] } ? R : never;

/** A list that is read page by page. */
export interface Pages<R> {
	/** Those read so far; undefined until the first page is there. */
	readonly records: readonly R[] | undefined;
	readonly problem: ApiProblem | undefined;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	loadMore(): void;
	tryAgain(): void;
}

export interface PagesRules {
	/** The pages read so far are asked for again this often while the page is in sight. */
	readonly everyMs?: number;
}

/** The records of a list endpoint, the first page at once and the others when they are asked for. */
export function usePages<E extends Endpoint>(
	endpoint: E,
	sent: Sent<E>,
	{ everyMs }: PagesRules = {},
): Pages<RecordOf<E>> {
	const api = useApi();
	const query = useInfiniteQuery<Page, ApiProblem, readonly RecordOf<E>[], readonly unknown[], string>({
		queryKey: answerKey(endpoint, sent),
		queryFn: ({ pageParam, signal }) => {
			const cursor = pageParam === "" ? undefined : pageParam;
			const { params, query } = sent as { readonly params?: object; readonly query?: object };
			const asked = { params, query: { ...query, cursor } };
			return api.call(endpoint, asked as never, { signal }) as Promise<unknown> as Promise<Page>;
		},
		initialPageParam: "",
		refetchInterval: everyMs,
		getNextPageParam: (page) => page.nextCursor,
		select: ({ pages }) => pages.flatMap((page) => page.data as readonly RecordOf<E>[]),
	});
	return {
		records: query.data,
		problem: query.error ?? undefined,
		hasMore: query.hasNextPage,
		isLoadingMore: query.isFetchingNextPage,
		loadMore: () => void query.fetchNextPage(),
		tryAgain: () => void query.refetch(),
	};
}
