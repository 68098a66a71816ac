import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import type { ApiProblem } from "./problem.js";

interface QueryOptions<T> {
	/** False: nothing is fetched yet. */
	readonly enabled?: boolean;
	/** How often to refetch while the page is visible. */
	readonly refetchEveryMs?: number;
	/** With `refetchEveryMs`: a response after which refetching stops. */
	readonly until?: (output: T) => boolean;
	/** Keeps showing the previous response while the input (a page, a filter) changes. */
	readonly keepPrevious?: boolean;
}

/**
 * The state of a query. Narrower than the library's own type, with which the
 * contract's types nest too deep for the compiler.
 */
export interface EndpointQuery<T> {
	/** Undefined until the first response. */
	readonly data: T | undefined;
	readonly error: ApiProblem | null;
	/** Whether a fetch is in progress, the first or a later one. */
	readonly isFetching: boolean;
	/** Whether `data` belongs to the previous input, see `keepPrevious`. */
	readonly isPlaceholderData: boolean;
	/** When `data` arrived, in milliseconds since 1970; 0 if never. */
	readonly dataUpdatedAt: number;
	refetch(): unknown;
}

/** The response of a reading endpoint: cached, shared between components, refetched when stale. */
export function useEndpointQuery<E extends Endpoint>(
	endpoint: E,
	input: Input<E>,
	{ enabled = true, refetchEveryMs, until, keepPrevious = false }: QueryOptions<EndpointOutput<E>> = {},
): EndpointQuery<EndpointOutput<E>> {
	const api = useApi();
	// biome-ignore lint/suspicious/noExplicitAny: see EndpointQuery
	return useQuery<any, ApiProblem>({
		queryKey: endpointQueryKey(endpoint, input),
		queryFn: ({ signal }) => api.call(endpoint, input, { signal }),
		enabled,
		refetchInterval: ({ state }) =>
			refetchEveryMs !== undefined &&
			(state.data === undefined || until?.(state.data) !== true) &&
			refetchEveryMs,
		placeholderData: keepPrevious ? keepPreviousData : undefined,
	});
}

/** The cache key of a response. Its first part alone matches all responses of the endpoint. */
export function endpointQueryKey(endpoint: Endpoint, input: object): readonly unknown[] {
	return [endpoint.name, input];
}
