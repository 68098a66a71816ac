import type { Endpoint } from "@shared/endpoint.js";
import { limits } from "@shared/limits.js";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.js";
import type { Sent } from "./client.js";
import type { ApiProblem } from "./problem.js";
import type { Answer } from "./useAnswer.js";
import { answerKey } from "./useAnswer.js";
import type { RecordOf } from "./usePages.js";

interface Page {
	readonly data: readonly unknown[];
	readonly nextCursor?: string;
}

/** Every record of a list that is known to be short: page after page, as one answer. */
export function useAll<E extends Endpoint>(
	endpoint: E,
	sent: Sent<E>,
	{ everyMs, enabled }: { readonly everyMs?: number; readonly enabled?: boolean } = {},
): Answer<readonly RecordOf<E>[]> {
	const api = useApi();
	// biome-ignore lint/suspicious/noExplicitAny: see Answer
	return useQuery<any, ApiProblem>({
		queryKey: [...answerKey(endpoint, sent), "all"],
		queryFn: async ({ signal }) => {
			const { params, query } = sent as { readonly params?: object; readonly query?: object };
			const records: unknown[] = [];
			let cursor: string | undefined;
			do {
				const asked = { params, query: { ...query, limit: limits.pageSize, cursor } };
				const answer = api.call(endpoint, asked as never, { signal }) as Promise<unknown>;
				const page = (await answer) as Page;
				records.push(...page.data);
				cursor = page.nextCursor;
			} while (cursor !== undefined);
			return records;
		},
		refetchInterval: everyMs,
		enabled,
	});
}
