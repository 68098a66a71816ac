import type { EndpointInput } from "../../shared/endpoint.js";
import type { listKeys } from "../../shared/endpoints/keys.js";
import { invalid, type Problem } from "../problem.js";
import type { KeyKind } from "./key.js";
import { tokenStartsWith } from "./token.js";

type Query = EndpointInput<typeof listKeys>["query"];

/** Which keys of a workspace are asked for; what is absent does not matter. */
export interface KeyFilter {
	readonly kind?: KeyKind;
	readonly state?: {
		/** Idle keys are active here. */
		readonly name: NonNullable<Query["state"]>;
		/** The moment for which it is asked, milliseconds since the epoch. */
		readonly at: number;
	};
	readonly search?: KeySearch;
}

/** Keys that match in any of these ways. */
export interface KeySearch {
	/** A part of the name, ignoring case. */
	readonly part: string;
	/** How the token starts, of an imported key that was not rotated yet. */
	readonly foreignStart: string;
	/** How the id starts, of any kind of key or of one. */
	readonly ids: ReadonlyArray<{ readonly start: string; readonly kind?: KeyKind }>;
}

/** The filter a query asks for; a problem when it holds a token. */
export function keyFilter({ kind, state, search }: Query, now: number): KeyFilter | Problem {
	const starts = search === undefined ? [] : tokenStartsWith(search);
	if (starts === "secret") {
		return invalid({
			path: "search",
			message: "holds a token's secret; search for its first characters only, because URLs end in logs",
		});
	}
	return {
		kind,
		state: state && { name: state, at: now },
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
