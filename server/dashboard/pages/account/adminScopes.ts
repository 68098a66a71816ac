import { endpoints } from "@shared/endpoints/index.js";
import { type KnownScope, scopes, wildcardScope } from "@shared/scopes.js";

/** The scopes that endpoints for admin keys require. */
const asked = new Set<string>(
	Object.values(endpoints).flatMap((endpoint) =>
		endpoint.caller === "admin" && "scope" in endpoint ? [endpoint.scope] : [],
	),
);
const ofOperators = new Set<string>(
	Object.values(endpoints).flatMap((endpoint) =>
		"role" in endpoint && endpoint.role === "operator" && endpoint.scope.startsWith("accounts.")
			? [endpoint.scope]
			: [],
	),
);

/** The scopes an admin key of this account can have, in catalogue order. */
export function adminScopes(operator: boolean): readonly KnownScope[] {
	const known = Object.keys(scopes) as KnownScope[];
	return known.filter((scope) => asked.has(scope) && (operator || !ofOperators.has(scope)));
}

export type Grant = "full" | "read" | "custom";

/** The scopes of a grant. */
export function grantedScopes(grant: Grant, chosen: readonly string[], operator: boolean): readonly string[] {
	if (grant === "full") return [wildcardScope];
	if (grant === "custom") return chosen;
	return adminScopes(operator).filter((scope) => scope.endsWith(".read"));
}

/** A label for a scope; custom scopes are shown as they are. */
export function scopeLabel(scope: string): string {
	if (scope === wildcardScope) return "Full access";
	return scopes[scope as KnownScope] ?? scope;
}
