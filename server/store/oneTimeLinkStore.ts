import type { AuditEntry } from "../model/auditEntry.js";
import type { IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import type { LinkCreationObstacle } from "../model/oneTimeLinkRules.js";

export interface OneTimeLinkStore {
	/** A new `setup` link ends the previous one, and a new `reset` link those of its account. */
	create(
		link: OneTimeLinkRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<OneTimeLinkRecord>,
	): Promise<"created" | LinkCreationObstacle>;
	/** Also returns a link that has expired but is not deleted yet. */
	findByDigest(digest: Buffer): Promise<OneTimeLinkRecord | undefined>;
	/** A workspace's invitations that are valid at `now`, newest first. */
	invitations(workspaceId: string, now: number): Promise<readonly OneTimeLinkRecord[]>;
	/** Revokes an invitation of the workspace. */
	delete(workspaceId: string, id: string, audit: AuditEntry): Promise<"deleted" | "missing">;
	/** Deletes at most `limit` links that expired at or before `now`. Returns how many. */
	deleteExpired(now: number, limit: number): Promise<number>;
}
