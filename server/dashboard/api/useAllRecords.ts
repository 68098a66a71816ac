import type { Endpoint } from "@shared/endpoint.js";
import { limits } from "@shared/limits.js";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import type { ApiProblem } from "./problem.js";
import type { RecordOf } from "./useEndpointPages.js";
import type { EndpointQuery } from "./useEndpointQuery.js";
import { endpointQueryKey } from "./useEndpointQuery.js";

interface Page {
	readonly data: readonly unknown[];
	readonly nextCursor?: string;
}

/** Every record of a list that is known to be short, loaded page by page. */
export function useAllRecords<E extends Endpoint>(
	endpoint: E,
	input: Input<E>,
	{ refetchEveryMs, enabled }: { readonly refetchEveryMs?: number; readonly enabled?: boolean } = {},
): EndpointQuery<readonly RecordOf<E>[]> {
	const api = useApi();
	// biome-ignore lint/suspicious/noExplicitAny: see EndpointQuery
	return useQuery<any, ApiProblem>({
		queryKey: [...endpointQueryKey(endpoint, input), "all"],
		queryFn: async ({ signal }) => {
			const { params, query } = input as { readonly params?: object; readonly query?: object };
			const records: unknown[] = [];
			let cursor: string | undefined;
			do {
				const pageInput = { params, query: { ...query, limit: limits.pageSize, cursor } };
				const response = api.call(endpoint, pageInput as never, { signal }) as Promise<unknown>;
				const page = (await response) as Page;
				records.push(...page.data);
				cursor = page.nextCursor;
			} while (cursor !== undefined);
			return records;
		},
		refetchInterval: refetchEveryMs,
		enabled,
	});
}
