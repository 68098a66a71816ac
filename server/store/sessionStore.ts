import type { AuditEntry } from "../model/auditEntry.js";
import type { SessionRecord } from "../model/session.js";

export interface SessionStore {
	/**
	 * Also sets the account's `lastSignInAt`; beyond `limits.sessionsPerAccount`
	 * the oldest session ends. Returns false and changes nothing when the account
	 * is deleted or disabled by now, or when `passwordHash` is given and is no
	 * longer its password: ending all sessions also stops sign-ins that were
	 * checked before.
	 */
	begin(session: SessionRecord, audit: AuditEntry, passwordHash?: string): Promise<boolean>;
	/** By the digest of its token. Also returns a session that has expired but is not deleted yet. */
	findByDigest(digest: Buffer): Promise<SessionRecord | undefined>;
	/** Moves `lastSeenAt` forward, never back. Does nothing when the session has ended. */
	touch(id: string, at: number): Promise<void>;
	/** Newest first. */
	listOf(accountId: string): Promise<readonly SessionRecord[]>;
	/** False when the account has no such session. */
	end(accountId: string, id: string, audit: AuditEntry): Promise<boolean>;
	/** Deletes at most `limit` sessions that expired by `expiredBy` or were last used before `seenBefore`. Returns how many. */
	deleteEnded(expiredBy: number, seenBefore: number, limit: number): Promise<number>;
}
