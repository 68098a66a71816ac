import type { Endpoint, Role } from "../../shared/endpoint.js";
import { endpoints } from "../../shared/endpoints/index.js";
import { scopes as knownScopes, wildcardScope } from "../../shared/scopes.js";
import { freeTextProblems, nameProblems } from "../core/names.js";
import { type FieldProblem, Problem } from "../core/problem.js";
import { addressProblem } from "../isomorphic/addresses.js";
import type { KeyKind } from "../model/key.js";
import { grants, type KnownKey } from "./knownKey.js";

/** What can be wrong with a key's fields beyond their shapes. All problems at once. */
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
		problems.push({ path: "placeIds", message: "must be empty: only game keys are bound to places" });
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
 * Refuses to hand on scopes of Placelock's own that the granting key lacks:
 * nobody gets more through a key than that key itself may do. Scopes of the
 * operator's own mean nothing here, and may be handed on by anyone. Undefined
 * `granting`: a person who is signed in grants, and their role decided.
 *
 * See docs/decisions/0018-no-escalation.md
 */
export function scopeEscalation(
	actingKey: KnownKey | undefined,
	scopes: readonly string[],
): Problem | undefined {
	if (actingKey === undefined) return undefined;
	const beyond = scopes.filter(
		(scope) => (scope === wildcardScope || scope in knownScopes) && !grants(actingKey, scope),
	);
	if (beyond.length === 0) return undefined;
	return new Problem("scope_missing", {
		detail: `Your key lacks what it would grant: ${beyond.join(", ")}.`,
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
 * Refuses a key to give somebody a role that may do more than the key itself:
 * it could invite its own holder. Admins and owners can make keys that do
 * everything.
 */
export function roleEscalation(actingKey: KnownKey | undefined, role: Role): Problem | undefined {
	if (role === "viewer") return scopeEscalation(actingKey, viewerScopes);
	return fullAccessEscalation(actingKey, `Making somebody ${role}`);
}

/** Refuses a key that does not hold everything what would in the end make its holder able to do everything. */
export function fullAccessEscalation(actingKey: KnownKey | undefined, what: string): Problem | undefined {
	if (actingKey === undefined || grants(actingKey, wildcardScope)) return undefined;
	return new Problem("scope_missing", {
		detail: `${what} would let the holder of your key do everything, so the key needs the scope ${wildcardScope}.`,
	});
}

/**
 * Refuses a key to make one that outlives it, or that may be used from where it
 * may not: a leaked key that was limited would be without limits otherwise.
 * `expiresAt` in milliseconds since the epoch, absent: never.
 */
export function constraintEscalation(
	actingKey: KnownKey | undefined,
	{ expiresAt, allowedIps = [] }: { readonly expiresAt?: number; readonly allowedIps?: readonly string[] },
): Problem | undefined {
	if (actingKey === undefined) return undefined;
	const own = actingKey.record;
	const fields: FieldProblem[] = [];
	if (own.expiresAt !== undefined && (expiresAt === undefined || expiresAt > own.expiresAt)) {
		fields.push({
			path: "expiresAt",
			message: "must not be later than that of the key that makes this call",
		});
	}
	const beyond = allowedIps.length === 0 || allowedIps.some((entry) => !own.allowedIps.includes(entry));
	if (own.allowedIps.length > 0 && beyond) {
		fields.push({ path: "allowedIps", message: "must be among those of the key that makes this call" });
	}
	return fields.length === 0 ? undefined : new Problem("validation_failed", { fields });
}

const knownResources = new Set(Object.keys(knownScopes).map((scope) => scope.split(".")[0]));

/**
 * Scopes of the operator's own are welcome, but a resource of Placelock's has
 * only the actions it has: a misspelt one would silently grant nothing.
 */
function scopeProblem(scope: string): string | undefined {
	if (scope === wildcardScope || scope in knownScopes) return undefined;
	const [resource] = scope.split(".");
	if (!knownResources.has(resource)) return undefined;
	const actions = Object.keys(knownScopes).filter((known) => known.startsWith(`${resource}.`));
	const there = actions.length === 1 ? "there is" : "there are";
	return `is not an action of ${resource}; ${there} ${new Intl.ListFormat("en-GB").format(actions)}`;
}
