import { everyScope, scopes as knownScopes } from "../../shared/scopes.js";
import { addressProblem } from "../addresses.js";
import type { FieldProblem } from "../problem.js";
import type { KeyKind } from "./key.js";
import { grants, type KnownKey } from "./knownKey.js";

/** What can be wrong with a key's fields beyond their shapes. All problems at once. */
export function keyFieldProblems(
	kind: KeyKind,
	fields: {
		readonly scopes?: readonly string[];
		readonly placeIds?: readonly string[];
		readonly allowedIps?: readonly string[];
		/** Milliseconds since the epoch. */
		readonly expiresAt?: number | null;
	},
	now: number,
): FieldProblem[] {
	const problems: FieldProblem[] = [];
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
 * Scopes of Placelock's own that `granting` lacks and so cannot hand on: nobody
 * gets more through a key than that key itself may do. Scopes of the
 * operator's own mean nothing here, and may be handed on by anyone.
 */
export function scopesBeyond(granting: KnownKey, scopes: readonly string[]): string[] {
	return scopes.filter((scope) => (scope === everyScope || scope in knownScopes) && !grants(granting, scope));
}

const knownResources = new Set(Object.keys(knownScopes).map((scope) => scope.split(".")[0]));

/**
 * Scopes of the operator's own are welcome, but a resource of Placelock's has
 * only the actions it has: a misspelt one would silently grant nothing.
 */
function scopeProblem(scope: string): string | undefined {
	if (scope === everyScope || scope in knownScopes) return undefined;
	const [resource] = scope.split(".");
	if (!knownResources.has(resource)) return undefined;
	const actions = Object.keys(knownScopes).filter((known) => known.startsWith(`${resource}.`));
	return `is not an action of ${resource}; there is ${actions.join(" and ")}`;
}
