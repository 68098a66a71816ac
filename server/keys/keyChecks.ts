import { Problem } from "../core/problem.js";
import { keyStatus } from "../model/keyStatus.js";
import type { AccessAttempt } from "./accessAttempt.js";
import { hasScope } from "./cachedKey.js";
import type { CheckDeps, MaybePromise } from "./check.js";

/** The checks of the key itself, in the order in which the gate runs them. */

/** `key_revoked`, `key_disabled`, `key_expired` or `key_idle`. */
export function keyIsActive(attempt: AccessAttempt, deps: CheckDeps): MaybePromise<Problem | undefined> {
	const { key, workspace } = attempt;
	const idle = { idleDays: workspace?.idleDays, lastUsedAt: key.lastUsedAt };
	switch (keyStatus(key.record, deps.clock.now(), idle)) {
		case "active":
			return undefined;
		case "revoked":
			return new Problem("key_revoked");
		case "disabled":
			return new Problem("key_disabled");
		case "expired":
			return new Problem("key_expired");
		case "idle": {
			// Another instance may have seen the key since.
			const refreshed = deps.lastUse.refresh(key);
			return refreshed === undefined ? new Problem("key_idle") : isActiveAfter(refreshed, attempt, deps);
		}
	}
}

async function isActiveAfter(refreshed: Promise<void>, attempt: AccessAttempt, deps: CheckDeps) {
	await refreshed;
	return keyIsActive(attempt, deps);
}

/** `token_rotated`. */
export function tokenIsCurrent({ resolvedKey }: AccessAttempt, { clock }: CheckDeps): Problem | undefined {
	const { rotatedOutAt } = resolvedKey;
	if (rotatedOutAt === undefined || clock.now() < rotatedOutAt) return undefined;
	return new Problem("token_rotated");
}

/** `workspace_suspended`. */
export function workspaceIsActive({ workspace }: AccessAttempt): Problem | undefined {
	if (workspace === undefined || workspace.status === "active") return undefined;
	return new Problem("workspace_suspended");
}

/** `ip_not_allowed`. */
export function addressIsAllowed({ key, request: { address } }: AccessAttempt): Problem | undefined {
	if (key.allowedIps === undefined || key.allowedIps(address)) return undefined;
	return new Problem("ip_not_allowed", {
		detail: `The request came from ${address || "an unknown address"}.`,
	});
}

/** `kind_not_allowed`. */
export function kindIsAccepted({ key, request: { acceptedKind } }: AccessAttempt): Problem | undefined {
	const { kind } = key.record;
	if (acceptedKind === undefined || kind === acceptedKind) return undefined;
	return new Problem("kind_not_allowed", {
		detail: `This endpoint requires a key of kind ${acceptedKind}; the token belongs to a ${kind} key.`,
	});
}

/** `scope_missing`. */
export function scopeIsGranted({ key, request: { scope } }: AccessAttempt): Problem | undefined {
	if (scope === undefined || hasScope(key, scope)) return undefined;
	return new Problem("scope_missing", { detail: `The key lacks the scope ${scope}.` });
}
