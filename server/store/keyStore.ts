import type { Changes } from "../model/applyChanges.js";
import type { AuditEntry } from "../model/auditEntry.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import type { KeyFilter } from "../model/keyFilter.js";
import type { KeyChangeObstacle, KeyCreationObstacle, KeyDeletionObstacle } from "../model/keyRules.js";
import type { Page, PageRequest } from "./pages.js";

/** The fields that changing, rotating, disabling and revoking write. */
export type KeyChanges = Changes<Omit<KeyRecord, "id" | "kind" | "workspaceId" | "accountId" | "createdAt">>;

export interface KeyStore {
	/**
	 * Names are unique among the keys of a workspace (or of an account, for
	 * admin keys) that are not revoked, ignoring case, even among concurrent
	 * creations; so do `maxKeys` of the workspace and `limits.keysPerAccount`
	 * hold. A deleted account is reported as `workspace_missing` too.
	 */
	create(
		key: KeyRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<KeyRecord>,
	): Promise<"created" | KeyCreationObstacle>;
	findById(id: string): Promise<KeyRecord | undefined>;
	/** Without a filter: all of them. The cost of a page does not grow with the pages before it. */
	list(workspaceId: string, page: PageRequest & KeyFilter): Promise<Page<KeyRecord>>;
	/** An account's own admin keys. */
	listOfAccount(accountId: string, page: PageRequest): Promise<Page<KeyRecord>>;
	/**
	 * Changes a key that is not revoked. A revoked key is final: `revoked`.
	 * `expectedDigest` makes the change conditional on the current token: of two
	 * concurrent rotations one is `outdated`.
	 */
	change(
		id: string,
		changes: KeyChanges,
		audit: AuditEntry,
		expectedDigest?: Buffer,
		idempotencyWrite?: IdempotencyWrite<KeyRecord>,
	): Promise<KeyRecord | KeyChangeObstacle>;
	delete(id: string, audit: AuditEntry): Promise<"deleted" | KeyDeletionObstacle>;
}
