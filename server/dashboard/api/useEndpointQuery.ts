import type { Endpoint, EndpointOutput } from "@shared/endpoint.js";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.js";
import type { Input } from "./client.js";
import type { ApiProblem } from "./problem.js";

export interface QueryOptions<T> {
	/** False: it is not asked yet. */
	readonly enabled?: boolean;
	/** Asked again this often while the page is in sight. */
	readonly refetchEveryMs?: number;
	/** With `refetchEveryMs`: an answer after which there is nothing more to wait for. */
	readonly until?: (answer: T) => boolean;
	/** Shows the answer before while a new question (another page, another filter) is under way. */
	readonly keepPrevious?: boolean;
}

/** What came of asking. Narrower than the library's own type, through which the contract's types grow too deep for the compiler. */
export interface EndpointQuery<T> {
	/** Undefined until there is one. */
	readonly data: T | undefined;
	readonly error: ApiProblem | null;
	/** Whether it is being asked, for the first time or again. */
	readonly isFetching: boolean;
	/** Whether `data` is the answer to the question before, see `keepPrevious`. */
	readonly isPlaceholderData: boolean;
	/** When `data` came, milliseconds since 1970; 0: never. */
	readonly dataUpdatedAt: number;
	refetch(): unknown;
}

/** What a reading endpoint answers: kept, shared between all who ask the same, and asked again when it is stale. */
export function useEndpointQuery<E extends Endpoint>(
	endpoint: E,
	sent: Input<E>,
	{ enabled = true, refetchEveryMs, until, keepPrevious = false }: QueryOptions<EndpointOutput<E>> = {},
): EndpointQuery<EndpointOutput<E>> {
	const api = useApi();
	// biome-ignore lint/suspicious/noExplicitAny: see Answer
	return useQuery<any, ApiProblem>({
		queryKey: endpointQueryKey(endpoint, sent),
		queryFn: ({ signal }) => api.call(endpoint, sent, { signal }),
		enabled,
		refetchInterval: ({ state }) =>
			refetchEveryMs !== undefined &&
			(state.data === undefined || until?.(state.data) !== true) &&
			refetchEveryMs,
		placeholderData: keepPrevious ? keepPreviousData : undefined,
	});
}

/** What an answer is kept under. Its first part alone stands for all answers of the endpoint. */
export function endpointQueryKey(endpoint: Endpoint, sent: object): readonly unknown[] {
	return [endpoint.name, sent];
}
