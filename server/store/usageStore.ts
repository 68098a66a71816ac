import type { CallCounts, KeyUsage, LastUse, QuotaUse } from "../model/usage.js";

export interface UsageStore {
	/**
	 * Adds counts and moves last uses forward, never back, in one transaction.
	 * Returns the quota counters of the keys that had one in the batch, with what
	 * all instances have written.
	 */
	add(batch: readonly KeyUsage[]): Promise<ReadonlyMap<string, QuotaUse>>;
	lastUse(keyId: string): Promise<LastUse | undefined>;
	lastUses(keyIds: readonly string[]): Promise<ReadonlyMap<string, LastUse>>;
	/** What is written of a key's quota counter for the period that began at `periodStart`. */
	quotaUsed(keyId: string, periodStart: number): Promise<number>;
	/** Requests of a key per hour, oldest first, from `from` (inclusive) to `to` (exclusive), milliseconds. */
	hours(
		keyId: string,
		from: number,
		to: number,
	): Promise<ReadonlyArray<{ readonly hour: number } & CallCounts>>;
	/** Requests of all keys of a workspace per hour, as in `hours`. Includes those of deleted keys. */
	workspaceHours(
		workspaceId: string,
		from: number,
		to: number,
	): Promise<ReadonlyArray<{ readonly hour: number } & CallCounts>>;
	/**
	 * Requests of each key of a workspace, the busiest first, at most `limit`.
	 * `from` and `to` are starts of UTC days. Includes deleted keys.
	 */
	keySums(
		workspaceId: string,
		from: number,
		to: number,
		limit: number,
	): Promise<ReadonlyArray<{ readonly keyId: string } & CallCounts>>;
	/** Deletes counts of hours before `before`, about `limit` records at most. Returns how many. */
	deleteBefore(before: number, limit: number): Promise<number>;
	/**
	 * Deletes the usage of keys that no longer exist: counts in memory when a key
	 * is deleted are written after its deletion. Checks the next keys used since
	 * `since`; `next` is where to continue, absent at the end.
	 */
	deleteOrphans(since: number, after?: string): Promise<{ readonly deleted: number; readonly next?: string }>;
}
