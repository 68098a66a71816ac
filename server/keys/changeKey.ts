import type { AuditAction } from "../../shared/auditActions.js";
import { difference, isNone } from "../audit/difference.js";
import { type AuditContext, createAuditEntry, type Services } from "../core/context.js";
import { invalid, Problem } from "../core/problem.js";
import { applyChanges } from "../model/applyChanges.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import type { KeyChanges } from "../store/store.js";
import { nameTaken } from "./issueKey.js";
import { keyFieldProblems } from "./keyRules.js";

type Editable = Pick<
	KeyChanges,
	"name" | "description" | "scopes" | "placeIds" | "allowedIps" | "expiresAt" | "rateLimit" | "quota"
>;

/** Changes a key's fields; `null` clears one. What changes nothing writes nothing. `key_already_revoked`, or `name_taken`, when that is so. */
export async function changeKey(
	services: Services,
	key: KeyRecord,
	changes: Editable,
	auditContext: AuditContext,
): Promise<KeyRecord | Problem> {
	const problems = keyFieldProblems(key.kind, changes, services.clock.now());
	if (problems.length > 0) return invalid(...problems);
	// A revoked key is final, and the store says so.
	const changesNothing = isNone(difference(key, applyChanges(key, changes)));
	if (changesNothing && key.revokedAt === undefined) return key;
	return writeKeyChange(services, key, changes, "keys.change", auditContext);
}

/** Pauses a key; `enableKey` makes it good again. */
export async function disableKey(
	services: Services,
	key: KeyRecord,
	auditContext: AuditContext,
): Promise<KeyRecord | Problem> {
	if (key.disabledAt !== undefined && key.revokedAt === undefined) return key;
	return writeKeyChange(services, key, { disabledAt: services.clock.now() }, "keys.disable", auditContext);
}

export async function enableKey(
	services: Services,
	key: KeyRecord,
	auditContext: AuditContext,
): Promise<KeyRecord | Problem> {
	if (key.disabledAt === undefined && key.revokedAt === undefined) return key;
	return writeKeyChange(services, key, { disabledAt: null }, "keys.enable", auditContext);
}

/** Ends a key for good. Revoking a revoked key changes nothing, even one revoked at the same moment by another. */
export async function revokeKey(
	services: Services,
	key: KeyRecord,
	auditContext: AuditContext,
): Promise<KeyRecord | Problem> {
	if (key.revokedAt !== undefined) return key;
	const revoked = await writeKeyChange(
		services,
		key,
		{ revokedAt: services.clock.now() },
		"keys.revoke",
		auditContext,
	);
	if (!(revoked instanceof Problem)) return revoked;
	const found = await services.store.keys.findById(key.id);
	return found?.revokedAt === undefined ? revoked : found;
}

/** Deletes a revoked key's record; `key_not_revoked` for any other. */
export async function deleteKey(
	services: Services,
	key: KeyRecord,
	auditContext: AuditContext,
): Promise<undefined | Problem> {
	const audit = createAuditEntry(auditContext, services.clock.now(), {
		action: "keys.delete",
		workspaceId: key.workspaceId,
		targetType: "key",
		targetId: key.id,
		before: { name: key.name, kind: key.kind, createdAt: key.createdAt, revokedAt: key.revokedAt },
	});
	const outcome = await services.store.keys.delete(key.id, audit);
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "not_revoked") return new Problem("key_not_revoked");
	services.invalidate({ type: "key", id: key.id });
	return undefined;
}

/** Writes a change with its audit entry and drops what this process held of the key. */
export async function writeKeyChange(
	services: Services,
	key: KeyRecord,
	changes: KeyChanges,
	action: AuditAction,
	auditContext: AuditContext,
	expectedDigest?: Buffer,
	idempotencyWrite?: IdempotencyWrite<KeyRecord>,
): Promise<KeyRecord | Problem> {
	const now = services.clock.now();
	const audit = createAuditEntry(auditContext, now, {
		action,
		workspaceId: key.workspaceId,
		targetType: "key",
		targetId: key.id,
		...difference(key, applyChanges(key, changes)),
	});
	const outcome = await services.store.keys.change(
		key.id,
		{ ...changes, updatedAt: now },
		audit,
		expectedDigest,
		idempotencyWrite,
	);
	if (outcome === "missing") return new Problem("not_found");
	if (outcome === "revoked") return new Problem("key_already_revoked");
	if (outcome === "name_taken") return nameTaken(changes.name ?? key.name);
	if (outcome === "outdated") return new Problem("rotation_conflict");
	services.invalidate({ type: "key", id: key.id });
	return outcome;
}
