import { plannedScopes, scopes, wildcardScope } from "../../shared/scopes.js";
import { freeTextProblems, nameProblems } from "../core/names.js";
import type { FieldProblem } from "../core/problem.js";
import { addressProblem } from "../isomorphic/addresses.js";
import type { KeyKind } from "../model/key.js";

/** Placelock's own scopes, also those of planned endpoints. */
const ownScopes: readonly string[] = [...Object.keys(scopes), ...plannedScopes];

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

/** Whether the scope is one of Placelock's own, not a custom one. */
export function isOwnScope(scope: string): boolean {
	return scope === wildcardScope || ownScopes.includes(scope);
}

const ownResources = new Set(ownScopes.map((scope) => scope.split(".")[0]));

/**
 * Custom scopes are allowed, but not for Placelock's own resources: a misspelt
 * action would silently grant nothing.
 */
function scopeProblem(scope: string): string | undefined {
	if (isOwnScope(scope)) return undefined;
	const [resource] = scope.split(".");
	if (!ownResources.has(resource)) return undefined;
	const actions = ownScopes.filter((own) => own.startsWith(`${resource}.`));
	const alternatives = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(actions);
	return `is not an action of ${resource}; use ${alternatives}`;
}
