import type { Endpoint, Role } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { wildcardScope } from "../../shared/scopes.js";
import { type FieldProblem, Problem } from "../core/problem.js";
import { type CachedKey, hasScope } from "./cachedKey.js";
import { isOwnScope } from "./keyRules.js";

/** What a key must not grant, because its holder would gain more than the key itself may do. */

/**
 * `scope_missing` if the acting key lacks scopes it would grant: nobody may gain
 * more through a key than the key itself may do. Only Placelock's own scopes are
 * checked; custom scopes mean nothing to Placelock, and anyone may grant them.
 * Without `actingKey`, a signed-in person acts, whose role was checked before.
 *
 * See docs/decisions/0018-no-escalation.md
 */
export function scopeEscalation(
	actingKey: CachedKey | undefined,
	scopes: readonly string[],
): Problem | undefined {
	if (actingKey === undefined) return undefined;
	const lacking = scopes.filter((scope) => isOwnScope(scope) && !hasScope(actingKey, scope));
	if (lacking.length === 0) return undefined;
	return new Problem("scope_missing", {
		detail: `Your key would grant scopes it lacks: ${lacking.join(", ")}.`,
	});
}

/** What a viewer may do in a workspace, as scopes. */
const viewerScopes = [
	...new Set(
		Object.values(endpoints).flatMap((endpoint: Endpoint) =>
			endpoint.role === "viewer" ? [endpoint.scope ?? []].flat() : [],
		),
	),
];

/**
 * `scope_missing` if the role may do more than the acting key, which could
 * otherwise invite its own holder. Admins and owners can create keys with full
 * access.
 */
export function roleEscalation(actingKey: CachedKey | undefined, role: Role): Problem | undefined {
	if (role === "viewer") return scopeEscalation(actingKey, viewerScopes);
	return fullAccessEscalation(actingKey, `Granting the role ${role}`);
}

/** `scope_missing` if the acting key does not have full access. For actions that could gain its holder full access. */
export function fullAccessEscalation(actingKey: CachedKey | undefined, what: string): Problem | undefined {
	if (actingKey === undefined || hasScope(actingKey, wildcardScope)) return undefined;
	return new Problem("scope_missing", {
		detail: `${what} could give the holder of your key full access, so the key needs the scope ${wildcardScope}.`,
	});
}

/**
 * `validation_failed` if the new key would outlive the acting key or be usable
 * from more addresses: otherwise a leaked key could shed its limits.
 * `expiresAt` in milliseconds since the epoch; absent: never.
 */
export function constraintEscalation(
	actingKey: CachedKey | undefined,
	{ expiresAt, allowedIps = [] }: { readonly expiresAt?: number; readonly allowedIps?: readonly string[] },
): Problem | undefined {
	if (actingKey === undefined) return undefined;
	const own = actingKey.record;
	const fields: FieldProblem[] = [];
	if (own.expiresAt !== undefined && (expiresAt === undefined || expiresAt > own.expiresAt)) {
		fields.push({
			path: "expiresAt",
			message: "must not be later than that of the key used for this request",
		});
	}
	const widened = allowedIps.length === 0 || allowedIps.some((entry) => !own.allowedIps.includes(entry));
	if (own.allowedIps.length > 0 && widened) {
		fields.push({ path: "allowedIps", message: "must be among those of the key used for this request" });
	}
	return fields.length === 0 ? undefined : new Problem("validation_failed", { fields });
}
