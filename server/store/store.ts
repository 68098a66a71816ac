import type { AccountRecord } from "../accounts/account.js";
import type { AuditEntry } from "../audit/auditEntry.js";
import type { KeyRecord } from "../keys/key.js";
import type { PlaceRecord } from "../places/place.js";
import type { KeyUsage, LastUse } from "../usage/usage.js";
import type { WorkspaceRecord } from "../workspaces/workspace.js";

/**
 * The store port: what the domain needs to be kept, in the domain's words.
 *
 * Every method that changes something takes the audit entry of the change and
 * writes both in one transaction, or neither. A method that cannot reach the
 * database rejects with `StoreUnavailable`; what the caller can decide about is
 * in the return value, never thrown. Opening a store applies its migrations.
 */
export interface Store {
	/** For logs, `/readyz` and the command line: `sqlite` or `mongodb`. */
	readonly kind: "sqlite" | "mongodb";
	readonly workspaces: WorkspaceStore;
	readonly places: PlaceStore;
	readonly keys: KeyStore;
	readonly accounts: AccountStore;
	readonly usage: UsageStore;
	readonly audit: AuditStore;
	readonly secretMarks: SecretMarkStore;
	readonly changes: ChangeFeed;
	/** Resolves when the database answers and its schema is the one this code knows. */
	ping(): Promise<void>;
	/** Ends the change feed and frees the database. Calls under way finish first. */
	close(): Promise<void>;
}

/** The database cannot be reached, or did not answer in time. Trying again later can help. */
export class StoreUnavailable extends Error {
	override readonly name = "StoreUnavailable";
}

/** The database can be reached but not used as it is; somebody has to act. The message says what to do. */
export class StoreMisconfigured extends Error {
	override readonly name = "StoreMisconfigured";
}

/**
 * One page of a list, newest first (by creation, then id), by keyset: records
 * made while somebody pages never shift the pages behind them.
 */
export interface PageRequest {
	readonly limit: number;
	/** Where the page before ended. */
	readonly after?: Position;
}

/** A place in a list ordered by creation, then id. */
export interface Position {
	/** Milliseconds since the Unix epoch. */
	readonly createdAt: number;
	readonly id: string;
}

export interface Page<T> {
	readonly records: readonly T[];
	/** Whether there are records after the last one of this page. */
	readonly more: boolean;
}

/** New values of some fields; `null` removes an optional field, `undefined` and absent leave it. */
export type Changes<T> = {
	readonly [K in keyof T]?: undefined extends T[K] ? T[K] | null : T[K];
};

export interface WorkspaceStore {
	create(workspace: WorkspaceRecord, audit: AuditEntry): Promise<void>;
	findById(id: string): Promise<WorkspaceRecord | undefined>;
	list(page: PageRequest): Promise<Page<WorkspaceRecord>>;
	/** The record as it is after the change; undefined when there is none. */
	change(
		id: string,
		changes: Changes<Omit<WorkspaceRecord, "id" | "createdAt">>,
		audit: AuditEntry,
	): Promise<WorkspaceRecord | undefined>;
	/** Deletes the workspace with its places and revoked keys, unless a key that is not revoked is left. */
	delete(id: string, audit: AuditEntry): Promise<"deleted" | "missing" | "has_keys">;
	/** Whether there is any. */
	any(): Promise<boolean>;
}

export interface PlaceStore {
	/** Creates or replaces; `createdAt` of an existing record stays. Undefined when the workspace is missing. */
	allow(place: PlaceRecord, audit: AuditEntry): Promise<PlaceRecord | undefined>;
	find(workspaceId: string, placeId: string): Promise<PlaceRecord | undefined>;
	list(workspaceId: string, page: PageRequest): Promise<Page<PlaceRecord>>;
	change(
		workspaceId: string,
		placeId: string,
		changes: Changes<Pick<PlaceRecord, "name" | "status" | "updatedAt">>,
		audit: AuditEntry,
	): Promise<PlaceRecord | undefined>;
	delete(workspaceId: string, placeId: string, audit: AuditEntry): Promise<"deleted" | "missing">;
}

/** What changing, rotating, disabling and revoking write. */
export type KeyChanges = Changes<Omit<KeyRecord, "id" | "kind" | "workspaceId" | "accountId" | "createdAt">>;

export interface KeyStore {
	/**
	 * Names are unique among the keys of a workspace (or of an account, for
	 * admin keys) that are not revoked, ignoring case, whoever creates at the
	 * same moment; `maxKeys` of the workspace holds likewise.
	 */
	create(
		key: KeyRecord,
		audit: AuditEntry,
	): Promise<"created" | "name_taken" | "limit_reached" | "workspace_missing">;
	findById(id: string): Promise<KeyRecord | undefined>;
	list(workspaceId: string, page: PageRequest): Promise<Page<KeyRecord>>;
	/**
	 * Changes a key that is not revoked. A revoked key is final: `revoked`.
	 * `expectedDigest` makes the change conditional on the current token, so
	 * that of two rotations at one moment one is `outdated`.
	 */
	change(
		id: string,
		changes: KeyChanges,
		audit: AuditEntry,
		expectedDigest?: Buffer,
	): Promise<KeyRecord | "missing" | "revoked" | "name_taken" | "outdated">;
	delete(id: string, audit: AuditEntry): Promise<"deleted" | "missing" | "not_revoked">;
}

export interface AccountStore {
	/** The built-in operator is there from the first migration on. */
	findById(id: string): Promise<AccountRecord | undefined>;
}

export interface UsageStore {
	/**
	 * Adds counts and moves last uses forward, never back, in one go. Answers
	 * the quota counters of the keys that had one in the batch, with what all
	 * instances have written.
	 */
	add(batch: readonly KeyUsage[]): Promise<ReadonlyMap<string, QuotaUse>>;
	lastUse(keyId: string): Promise<LastUse | undefined>;
	lastUses(keyIds: readonly string[]): Promise<ReadonlyMap<string, LastUse>>;
	/** What is written of a key's quota counter for the period that began at `periodStart`. */
	quotaUsed(keyId: string, periodStart: number): Promise<number>;
	/** Calls of a key per hour, oldest first, from `from` (inclusive) to `to` (exclusive), milliseconds. */
	hours(
		keyId: string,
		from: number,
		to: number,
	): Promise<ReadonlyArray<{ readonly hour: number; readonly verified: number; readonly refused: number }>>;
}

export interface QuotaUse {
	readonly periodStart: number;
	readonly used: number;
}

export interface AuditStore {
	/** Newest first. Without a workspace: entries of all. */
	list(page: PageRequest & { readonly workspaceId?: string }): Promise<Page<AuditEntry>>;
}

/**
 * The mark of the secret the database is used with, so that nobody makes keys
 * in it that the others on it cannot know. One, for the whole database.
 */
export interface SecretMarkStore {
	/** Undefined: nobody has marked the database yet. */
	current(): Promise<string | undefined>;
	/**
	 * Puts `mark` in the place of `instead`, absent: where there is none. False,
	 * and nothing done, when another one is there: of two at a moment one wins.
	 */
	claim(mark: string, instead?: string): Promise<boolean>;
}

/** Something that other instances may hold in memory and must now drop. */
export type Change =
	| { readonly type: "key"; readonly id: string }
	| { readonly type: "workspace"; readonly id: string }
	| { readonly type: "place"; readonly workspaceId: string; readonly placeId: string }
	/** Changes may have been missed: drop everything. */
	| { readonly type: "everything" };

/**
 * News of changes made through any handle on the same database, this one
 * included. Written usage is no change.
 */
export interface ChangeFeed {
	/**
	 * `changed` is called for every change; `confirmed` whenever the feed knows
	 * that every change made before that moment has been delivered. While the
	 * database answers that is at least twice a second; when it stops coming,
	 * the feed is lost. A feed that cannot continue where it stopped delivers
	 * `everything` before it confirms again. Several listeners may subscribe.
	 * Resolves once changes made from now on will be delivered.
	 */
	subscribe(listener: FeedListener): Promise<Subscription>;
}

export interface FeedListener {
	changed(change: Change): void;
	/** `at`: when the check began that found everything delivered, on the monotonic clock the store was opened with. */
	confirmed(at: number): void;
}

export interface Subscription {
	close(): Promise<void>;
}
