import type { Endpoint } from "@shared/endpoint.js";
import { endpoints } from "@shared/endpoints/index.js";
import { everyScope, type KnownScope, scopes } from "@shared/scopes.js";
import type { KeyKind } from "./key.js";

const all: readonly Endpoint[] = Object.values(endpoints);

/**
 * Placelock's own scopes that mean something on a key of this kind: all but
 * those that only endpoints for other kinds of caller ask for.
 */
export function offeredScopes(kind: KeyKind): readonly KnownScope[] {
	return (Object.keys(scopes) as KnownScope[]).filter((scope) => {
		const askedBy = all.filter((endpoint) => endpoint.scope === scope).map(({ caller }) => caller);
		return askedBy.length === 0 || askedBy.includes(kind);
	});
}

/** What is left when a key becomes one of another kind: what is offered there, and the operator's own. */
export function compatibleScopes(kind: KeyKind, chosen: readonly string[]): string[] {
	const offered = new Set<string>(offeredScopes(kind));
	return chosen.filter((scope) => scope === everyScope || offered.has(scope) || !(scope in scopes));
}
