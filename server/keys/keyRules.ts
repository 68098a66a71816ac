import type { Endpoint, Role } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { scopes as knownScopes, wildcardScope } from "../../shared/scopes.js";
import { freeTextProblems, nameProblems } from "../core/names.js";
import { type FieldProblem, Problem } from "../core/problem.js";
import { addressProblem } from "../isomorphic/addresses.js";
import type { KeyKind } from "../model/key.js";
import { type CachedKey, hasScope } from "./cachedKey.js";

/** Everything that is wrong with a key's fields beyond their shapes. */
export function keyFieldProblems(
	kind: KeyKind,
	fields: {
		readonly name?: string;
		readonly description?: string | null;
		readonly scopes?: readonly string[];
		readonly placeIds?: readonly string[];
		readonly allowedIps?: readonly string[];
		/** Milliseconds since the epoch. */
		readonly expiresAt?: number | null;
	},
	now: number,
): FieldProblem[] {
	const problems = [...nameProblems(fields.name), ...freeTextProblems("description", fields.description)];
	fields.scopes?.forEach((scope, index) => {
		const problem = scopeProblem(scope);
		if (problem !== undefined) problems.push({ path: `scopes.${index}`, message: problem });
	});
	if (kind !== "game" && fields.placeIds !== undefined && fields.placeIds.length > 0) {
		problems.push({ path: "placeIds", message: "must be empty: only game keys are limited to places" });
	}
	fields.allowedIps?.forEach((address, index) => {
		const problem = addressProblem(address);
		if (problem !== undefined) problems.push({ path: `allowedIps.${index}`, message: problem });
	});
	if (typeof fields.expiresAt === "number" && fields.expiresAt <= now) {
		problems.push({ path: "expiresAt", message: "must be in the future" });
	}
	return problems;
}

/**
 * `scope_missing` if the acting key lacks scopes it would grant: nobody may gain
 * more through a key than the key itself may do. Only Placelock's own scopes are
 * checked; custom scopes mean nothing to Placelock, and anyone may grant them.
 * Without `actingKey`, a signed-in person acts, whose role was checked before.
 */
export function scopeEscalation(
	actingKey: CachedKey | undefined,
	scopes: readonly string[],
): Problem | undefined {
	if (actingKey === undefined) return undefined;
	const lacking = scopes.filter(
		(scope) => (scope === wildcardScope || scope in knownScopes) && !hasScope(actingKey, scope),
	);
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

const knownResources = new Set(Object.keys(knownScopes).map((scope) => scope.split(".")[0]));

/**
 * Custom scopes are allowed, but not for Placelock's own resources: a misspelt
 * action would silently grant nothing.
 */
function scopeProblem(scope: string): string | undefined {
	if (scope === wildcardScope || scope in knownScopes) return undefined;
	const [resource] = scope.split(".");
	if (!knownResources.has(resource)) return undefined;
	const actions = Object.keys(knownScopes).filter((known) => known.startsWith(`${resource}.`));
	const verb = actions.length === 1 ? "is" : "are";
	return `is not an action of ${resource}; available ${verb} ${new Intl.ListFormat("en-GB").format(actions)}`;
}
