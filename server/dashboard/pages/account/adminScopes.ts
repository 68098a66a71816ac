import { endpoints } from "@shared/endpoints/index.js";
import { everyScope, type KnownScope, scopes } from "@shared/scopes.js";

/** The scopes that mean something to an admin key: those its endpoints ask for. */
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

/** What an admin key of the account can be granted, in the order of the catalogue. */
export function adminScopes(operator: boolean): readonly KnownScope[] {
	const known = Object.keys(scopes) as KnownScope[];
	return known.filter((scope) => asked.has(scope) && (operator || !ofOperators.has(scope)));
}

export type Grant = "full" | "read" | "custom";

/** The scopes a grant stands for. */
export function grantedScopes(grant: Grant, chosen: readonly string[], operator: boolean): readonly string[] {
	if (grant === "full") return [everyScope];
	if (grant === "custom") return chosen;
	return adminScopes(operator).filter((scope) => scope.endsWith(".read"));
}

/** A scope in words; the operator's own ones stay as they are. */
export function scopeLabel(scope: string): string {
	if (scope === everyScope) return "Everything the account may do";
	return scopes[scope as KnownScope] ?? scope;
}
