import { difference, isNone } from "../audit/difference.js";
import { type Author, auditOf, type Domain } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import { applyChanges } from "../model/applyChanges.js";
import type { Keeping } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import type { KeyChanges } from "../store/store.js";
import { nameTaken } from "./issueKey.js";
import { keyFieldProblems } from "./keyRules.js";

type Editable = Pick<
	KeyChanges,
	"name" | "description" | "scopes" | "placeIds" | "allowedIps" | "expiresAt" | "rateLimit" | "quota"
>;

/** Changes a key's fields; `null` clears one. What changes nothing writes nothing. `conflict` when it is revoked or the name is taken. */
export async function changeKey(
	domain: Domain,
	key: KeyRecord,
	changes: Editable,
	author: Author,
): Promise<KeyRecord | Problem> {
	const problems = keyFieldProblems(key.kind, changes, domain.clock.now());
	if (problems.length > 0) return invalid(...problems);
	// A revoked key is final, and the store says so.
	const changesNothing = isNone(difference(key, applyChanges(key, changes)));
	if (changesNothing && key.revokedAt === undefined) return key;
	return writeKeyChange(domain, key, changes, "keys.change", author);
}

/** Pauses a key; `enableKey` makes it good again. */
export async function disableKey(
	domain: Domain,
	key: KeyRecord,
	author: Author,
): Promise<KeyRecord | Problem> {
	if (key.disabledAt !== undefined && key.revokedAt === undefined) return key;
	return writeKeyChange(domain, key, { disabledAt: domain.clock.now() }, "keys.disable", author);
}

export async function enableKey(
	domain: Domain,
	key: KeyRecord,
	author: Author,
): Promise<KeyRecord | Problem> {
	if (key.disabledAt === undefined && key.revokedAt === undefined) return key;
	return writeKeyChange(domain, key, { disabledAt: null }, "keys.enable", author);
}

/** Ends a key for good. Revoking a revoked key changes nothing, even one revoked at the same moment by another. */
export async function revokeKey(
	domain: Domain,
	key: KeyRecord,
	author: Author,
): Promise<KeyRecord | Problem> {
	if (key.revokedAt !== undefined) return key;
	const revoked = await writeKeyChange(domain, key, { revokedAt: domain.clock.now() }, "keys.revoke", author);
	if (!(revoked instanceof Problem)) return revoked;
	const found = await domain.store.keys.findById(key.id);
	return found?.revokedAt === undefined ? revoked : found;
}

/** Deletes a revoked key's record; `key_not_revoked` for any other. */
export async function deleteKey(
	domain: Domain,
	key: KeyRecord,
	author: Author,
): Promise<undefined | Problem> {
	const audit = auditOf(author, domain.clock.now(), {
		action: "keys.delete",
		workspaceId: key.workspaceId,
		targetType: "key",
		targetId: key.id,
		before: { name: key.name, kind: key.kind, createdAt: key.createdAt, revokedAt: key.revokedAt },
	});
	const outcome = await domain.store.keys.delete(key.id, audit);
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "not_revoked") return new Problem("key_not_revoked");
	domain.forget({ type: "key", id: key.id });
	return undefined;
}

/** Writes a change with its audit entry and drops what this process held of the key. */
export async function writeKeyChange(
	domain: Domain,
	key: KeyRecord,
	changes: KeyChanges,
	action: string,
	author: Author,
	expectedDigest?: Buffer,
	keeping?: Keeping<KeyRecord>,
): Promise<KeyRecord | Problem> {
	const now = domain.clock.now();
	const audit = auditOf(author, now, {
		action,
		workspaceId: key.workspaceId,
		targetType: "key",
		targetId: key.id,
		...difference(key, applyChanges(key, changes)),
	});
	const outcome = await domain.store.keys.change(
		key.id,
		{ ...changes, updatedAt: now },
		audit,
		expectedDigest,
		keeping,
	);
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "revoked")
		return new Problem("conflict", { detail: "The key is revoked, and that is final." });
	if (outcome === "name_taken") return nameTaken(changes.name ?? key.name);
	if (outcome === "outdated") {
		return new Problem("conflict", { detail: "The key was rotated by somebody else at the same moment." });
	}
	domain.forget({ type: "key", id: key.id });
	return outcome;
}
