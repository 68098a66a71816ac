import { limits } from "../../shared/limits.js";
import { auditable } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import { generateToken, newKeyId } from "../secrets/token.js";
import { keyFieldProblems } from "./keyRules.js";

/** A key that is wished for. Times are milliseconds since the epoch. */
export type NewKey = Pick<KeyRecord, "kind" | "name" | "scopes"> &
	Partial<
		Pick<
			KeyRecord,
			| "workspaceId"
			| "accountId"
			| "description"
			| "placeIds"
			| "allowedIps"
			| "expiresAt"
			| "rateLimit"
			| "quota"
		>
	>;

export interface IssuedKey {
	readonly key: KeyRecord;
	/** The secret: to be shown this once, and kept nowhere. */
	readonly token: string;
}

/**
 * Makes a key. `not_found` when its workspace is missing, `name_taken` when another
 * key has the name, `limit_reached` when the workspace is full.
 */
export async function issueKey(
	services: Services,
	input: NewKey,
	auditContext: AuditContext,
	idempotencyWrite?: IdempotencyWrite<IssuedKey>,
): Promise<IssuedKey | Problem> {
	const now = services.clock.now();
	const problems = keyFieldProblems(input.kind, input, now);
	if (problems.length > 0) return invalid(...problems);
	const id = newKeyId();
	const { token, digest } = generateToken(input.kind, id, services.secrets);
	const key: KeyRecord = {
		...input,
		id,
		placeIds: input.placeIds ?? [],
		allowedIps: input.allowedIps ?? [],
		digest,
		createdAt: now,
		updatedAt: now,
	};
	const outcome = await services.store.keys.create(
		key,
		createAuditEntry(auditContext, now, {
			action: "keys.create",
			workspaceId: key.workspaceId,
			targetType: "key",
			targetId: id,
			after: auditable(key),
		}),
		withToken(idempotencyWrite, token),
	);
	if (outcome === "workspace_missing") return new Problem("not_found");
	if (outcome === "name_taken") return nameTaken(key.name);
	if (outcome === "limit_reached") return full(key);
	services.invalidate({ type: "key", id });
	return { key, token };
}

function full({ accountId }: KeyRecord): Problem {
	if (accountId === undefined) return new Problem("limit_reached");
	return new Problem("limit_reached", {
		detail: `An account holds at most ${limits.keysPerAccount} keys that are not revoked: revoke what is no longer used.`,
	});
}

/** As the store keeps it, which never sees the token. */
export function withToken(
	idempotencyWrite: IdempotencyWrite<IssuedKey> | undefined,
	token: string,
): IdempotencyWrite<KeyRecord> | undefined {
	return (
		idempotencyWrite && {
			...idempotencyWrite,
			recordFor: (key) => idempotencyWrite.recordFor({ key, token }),
		}
	);
}

export function nameTaken(name: string): Problem {
	return new Problem("name_taken", {
		detail: `Another key that is not revoked is named "${name}".`,
	});
}
