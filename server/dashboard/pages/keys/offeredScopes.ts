import type { Endpoint } from "@shared/endpoint.js";
import { endpoints } from "@shared/endpoints/index.js";
import { type KnownScope, scopes, wildcardScope } from "@shared/scopes.js";
import type { KeyKind } from "./key.js";

const all: readonly Endpoint[] = Object.values(endpoints);

/** The scopes that endpoints for this kind of key require: a scope without an endpoint would grant nothing. */
export function offeredScopes(kind: KeyKind): readonly KnownScope[] {
	const required = new Set(all.filter(({ caller }) => caller === kind).map(({ scope }) => scope));
	return (Object.keys(scopes) as KnownScope[]).filter((scope) => required.has(scope));
}

/** The scopes to keep when the kind changes: all but those that only other kinds of key use. */
export function compatibleScopes(kind: KeyKind, chosen: readonly string[]): string[] {
	const offered = new Set<string>(offeredScopes(kind));
	const required = new Set<string | undefined>(all.map(({ scope }) => scope));
	return chosen.filter((scope) => scope === wildcardScope || offered.has(scope) || !required.has(scope));
}
