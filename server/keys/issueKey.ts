import { limits } from "../../shared/limits.js";
import { auditable } from "../audit/difference.js";
import { type Author, auditOf, type Domain } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import type { Keeping } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import { makeToken, newKeyId } from "../secrets/token.js";
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
 * Makes a key. `not_found` when its workspace is missing, `conflict` when the
 * name is taken, `limit_reached` when the workspace is full.
 */
export async function issueKey(
	domain: Domain,
	wish: NewKey,
	author: Author,
	keeping?: Keeping<IssuedKey>,
): Promise<IssuedKey | Problem> {
	const now = domain.clock.now();
	const problems = keyFieldProblems(wish.kind, wish, now);
	if (problems.length > 0) return invalid(...problems);
	const id = newKeyId();
	const { token, digest } = makeToken(wish.kind, id, domain.secrets);
	const key: KeyRecord = {
		...wish,
		id,
		placeIds: wish.placeIds ?? [],
		allowedIps: wish.allowedIps ?? [],
		digest,
		createdAt: now,
		updatedAt: now,
	};
	const outcome = await domain.store.keys.create(
		key,
		auditOf(author, now, {
			action: "keys.create",
			workspaceId: key.workspaceId,
			targetType: "key",
			targetId: id,
			after: auditable(key),
		}),
		withToken(keeping, token),
	);
	if (outcome === "workspace_missing") return new Problem("not_found");
	if (outcome === "name_taken") return nameTaken(key.name);
	if (outcome === "limit_reached") return full(key);
	domain.forget({ type: "key", id });
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
	keeping: Keeping<IssuedKey> | undefined,
	token: string,
): Keeping<KeyRecord> | undefined {
	return keeping && { ...keeping, answerTo: (key) => keeping.answerTo({ key, token }) };
}

export function nameTaken(name: string): Problem {
	return new Problem("conflict", {
		detail: `Another key that is not revoked is already called "${name}".`,
	});
}
