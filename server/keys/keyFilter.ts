import type { EndpointInput } from "../../shared/endpoint.js";
import type { listKeys } from "../../shared/endpoints/keys.js";
import { invalid, type Problem } from "../core/problem.js";
import type { KeyFilter } from "../model/keyFilter.js";
import { parseTokenStart } from "../secrets/token.js";

type Query = EndpointInput<typeof listKeys>["query"];

/** The filter a query asks for; a problem when it holds a token. */
export function keyFilter({ kind, status, search }: Query, now: number): KeyFilter | Problem {
	const starts = search === undefined ? [] : parseTokenStart(search);
	if (starts === "secret") {
		return invalid({
			path: "search",
			message: "holds a token's secret; search for its first characters only, because URLs end in logs",
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
						// As lists show it.
						foreignStart: search.replace(/…$/, ""),
						ids: [{ start: search }, ...starts],
					},
	};
}
