import { limits } from "../../shared/limits.js";
import { auditable } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import { generateToken, newKeyId } from "../secrets/token.js";
import { keyFieldProblems } from "./keyRules.js";

/** Input for creating a key. Times are milliseconds since the epoch. */
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
	/** The secret. It is shown only once and stored nowhere. */
	readonly token: string;
}

/**
 * Creates a key. `not_found` if its workspace does not exist, `name_taken` if
 * another key has the name, `limit_reached` if the workspace or account has its maximum.
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
	if (outcome === "limit_reached") return limitReached(key);
	services.invalidate({ type: "key", id });
	return { key, token };
}

function limitReached({ accountId }: KeyRecord): Problem {
	if (accountId === undefined) return new Problem("limit_reached");
	return new Problem("limit_reached", {
		detail: `An account has at most ${limits.keysPerAccount} keys that are not revoked. Revoke keys you no longer use.`,
	});
}

/** The same write for the store, which never sees the token. */
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
