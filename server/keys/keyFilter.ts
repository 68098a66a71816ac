import type { EndpointInput } from "../../shared/endpoint.js";
import type { listKeys } from "../../shared/endpoints/keys.js";
import { invalid, type Problem } from "../core/problem.js";
import type { KeyFilter } from "../model/keyFilter.js";
import { parseTokenStart } from "../secrets/token.js";

type Query = EndpointInput<typeof listKeys>["query"];

/** The filter of a query; a problem if the search contains a token. */
export function keyFilter({ kind, status, search }: Query, now: number): KeyFilter | Problem {
	const idStarts = search === undefined ? [] : parseTokenStart(search);
	if (idStarts === "secret") {
		return invalid({
			path: "search",
			message: "contains a token's secret; search only for its first characters, because URLs end up in logs",
		});
	}
	return {
		kind,
		status: status && { name: status, at: now },
		search:
			search === undefined
				? undefined
				: {
						part: search,
						// Lists show the prefix with an ellipsis.
						foreignStart: search.replace(/…$/, ""),
						ids: [{ start: search }, ...idStarts],
					},
	};
}
