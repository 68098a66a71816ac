import type { Role } from "../../shared/endpoint.js";
import type { AccountRecord } from "../model/account.js";
import type { MinuteOfActivity, TimedActivity } from "../model/activity.js";
import type { AuditEntry, AuditFilter } from "../model/auditEntry.js";
import type { Denial } from "../model/denial.js";
import type { IdempotencyRecord, IdempotencyWrite } from "../model/idempotencyRecord.js";
import type { KeyRecord } from "../model/key.js";
import type { KeyFilter } from "../model/keyFilter.js";
import type { MemberRecord } from "../model/member.js";
import type { OneTimeLinkRecord } from "../model/oneTimeLink.js";
import type { PlaceRecord } from "../model/place.js";
import type { SessionRecord } from "../model/session.js";
import type { CallCounts, KeyUsage, LastUse } from "../model/usage.js";
import type { WorkspaceRecord } from "../model/workspace.js";

/**
 * The store port: what the domain needs to be kept, in the domain's words.
 *
 * Every method that changes something takes the audit entry of the change and
 * writes both in one transaction, or neither. A method that cannot reach the
 * database rejects with `StoreUnavailable`; what the caller can decide about is
 * in the return value, never thrown; but for `DuplicateRequest`. Opening a store
 * applies its migrations.
 */
export interface Store {
	/** For logs, `/readyz` and the command line: `sqlite` or `mongodb`. */
	readonly kind: "sqlite" | "mongodb";
	/** The schema version found when the store was opened, 0 for a new database, and the one it has since. */
	readonly schema: { readonly found: number; readonly current: number };
	readonly workspaces: WorkspaceStore;
	readonly places: PlaceStore;
	readonly keys: KeyStore;
	readonly imports: ImportStore;
	readonly accounts: AccountStore;
	readonly members: MemberStore;
	readonly sessions: SessionStore;
	readonly oneTimeLinks: OneTimeLinkStore;
	readonly usage: UsageStore;
	readonly activity: ActivityStore;
	readonly audit: AuditStore;
	readonly denials: DenialStore;
	readonly idempotency: IdempotencyStore;
	readonly leases: LeaseStore;
	readonly secretFingerprints: SecretFingerprintStore;
	readonly changes: ChangeFeed;
	/** Resolves when the database answers and its schema is the one this code knows. */
	ping(): Promise<void>;
	/** Ends the change feed and frees the database. Calls under way finish first. */
	close(): Promise<void>;
}

/** The database cannot be reached, or did not answer in time. Trying again later can help. */
export class StoreUnavailable extends Error {
	override readonly name: string = "StoreUnavailable";
}

/** The database's file is damaged, or is none: trying again does not help, somebody has to act. The message says what to do. */
export class StoreDamaged extends StoreUnavailable {
	override readonly name: string = "StoreDamaged";
}

/** The database can be reached but not used as it is; somebody has to act. The message says what to do. */
export class StoreMisconfigured extends Error {
	override readonly name = "StoreMisconfigured";
}

/**
 * The change carried a `IdempotencyWrite` whose answer is kept already: it was made
 * before, and nothing was done now.
 */
export class DuplicateRequest extends Error {
	override readonly name = "AlreadyAnswered";
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
	/** With `keeping`, also keeps the answer, in the same transaction; so do the other methods that take one. */
	create(
		workspace: WorkspaceRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<WorkspaceRecord>,
	): Promise<void>;
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
	 * same moment; `maxKeys` of the workspace and `limits.keysPerAccount` hold
	 * likewise. An account that is gone is told as `workspace_missing`, too.
	 */
	create(
		key: KeyRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<KeyRecord>,
	): Promise<"created" | "name_taken" | "limit_reached" | "workspace_missing">;
	findById(id: string): Promise<KeyRecord | undefined>;
	/** Without a filter: all of them. What a page costs does not grow with the pages before it. */
	list(workspaceId: string, page: PageRequest & KeyFilter): Promise<Page<KeyRecord>>;
	/** An account's own admin keys. */
	listOfAccount(accountId: string, page: PageRequest): Promise<Page<KeyRecord>>;
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
		idempotencyWrite?: IdempotencyWrite<KeyRecord>,
	): Promise<KeyRecord | "missing" | "revoked" | "name_taken" | "outdated">;
	delete(id: string, audit: AuditEntry): Promise<"deleted" | "missing" | "not_revoked">;
}

/** A key of another system that is to be kept with the token it has. */
export interface KeyImport {
	/** With `importedPrefix`; its `digest` is the first of `digests`. */
	readonly key: KeyRecord & { readonly workspaceId: string; readonly importedPrefix: string };
	readonly audit: AuditEntry;
	/** Under which its token may be known, one for each secret of the server. */
	readonly digests: readonly Buffer[];
}

/**
 * `known`: its token was imported before, into this workspace.
 * `known_deleted`: into any workspace, and the key has been deleted since.
 */
export type ImportOutcome =
	| "imported"
	| "known"
	| "known_elsewhere"
	| "known_deleted"
	| "name_taken"
	| "limit_reached";

export interface ImportRules {
	/** Whether tokens come in again whose key was deleted, which may have been because they had leaked. */
	readonly deletedToo?: boolean;
}

/** Keys with tokens of other systems, and these tokens. */
export interface ImportStore {
	/** Keys to hand to `add` at a time: few enough for one transaction. */
	readonly keysAtATime: number;
	/**
	 * Adds keys of one workspace with their tokens and the prefixes of these, in
	 * one transaction; the outcome of each. What `KeyStore.create` holds to holds here.
	 */
	add(
		workspaceId: string,
		keys: readonly KeyImport[],
		rules?: ImportRules,
	): Promise<readonly ImportOutcome[] | "workspace_missing">;
	/** The outcomes `add` would have now if `planned` more keys were there, without doing anything. */
	judge(
		workspaceId: string,
		keys: readonly KeyImport[],
		planned: number,
		rules?: ImportRules,
	): Promise<readonly ImportOutcome[] | "workspace_missing">;
	/**
	 * The key whose imported token has this digest. A token belongs to one key.
	 * When that is deleted, alone or with its workspace, the token leads nowhere,
	 * and is remembered: an import does not bring it back unnoticed.
	 */
	keyIdOf(digest: Buffer): Promise<string | undefined>;
	/** How imported tokens begin, all of them. A prefix that was imported once stays. */
	prefixes(): Promise<readonly string[]>;
}

export interface AccountStore {
	/** The built-in operator is there from the first migration on. */
	findById(id: string): Promise<AccountRecord | undefined>;
	/** Ignoring case. */
	findByName(name: string): Promise<AccountRecord | undefined>;
	/** Whether any account can sign in: has a password. */
	anySignsIn(): Promise<boolean>;
	list(page: PageRequest): Promise<Page<AccountRecord>>;
	/**
	 * Makes an account with a one-time link, using it up, together with the
	 * membership the link grants and the first session. A `setup` link makes an
	 * account only while none can sign in, whoever else tries at the same moment.
	 */
	create(
		account: AccountRecord,
		made: { readonly linkId: string; readonly member?: MemberRecord; readonly session: SessionRecord },
		audit: AuditEntry,
	): Promise<"created" | "name_taken" | "link_used" | "workspace_missing" | "limit_reached" | "not_first">;
	/**
	 * A new password ends the account's open reset links. `linkId`: a reset link,
	 * used up by the change. `sessions` says what becomes of the account's
	 * sessions: all end but `keep`, and `begin` begins, which also sets
	 * `lastSignInAt`. `last_operator`: nobody could sign in as an operator any more.
	 */
	change(
		id: string,
		changes: Changes<Omit<AccountRecord, "id" | "createdAt">>,
		audit: AuditEntry,
		also?: { readonly linkId?: string; readonly sessions?: SessionsAfter },
	): Promise<AccountRecord | "missing" | "name_taken" | "link_used" | "last_operator">;
	/**
	 * Deletes the account with its sessions, memberships, open reset links and
	 * admin keys. `last_owner`: of any workspace.
	 */
	delete(id: string, audit: AuditEntry): Promise<"deleted" | "missing" | "last_operator" | "last_owner">;
}

export interface SessionsAfter {
	/** The session that stays; absent: none. */
	readonly keep?: string;
	readonly begin?: SessionRecord;
}

export interface MemberStore {
	find(workspaceId: string, accountId: string): Promise<MemberRecord | undefined>;
	/** Newest first; `id` of positions is the account's. */
	list(workspaceId: string, page: PageRequest): Promise<Page<MemberRecord>>;
	/** The workspaces an account belongs to with its role in each, newest workspace first, paged as workspaces are. */
	workspacesOf(
		accountId: string,
		page: PageRequest,
	): Promise<Page<WorkspaceRecord & { readonly role: Role }>>;
	/**
	 * Joins with an invitation, using it up. The role of somebody who is a member
	 * becomes the invitation's, unless it is the higher one. An account that is
	 * gone is told as `workspace_missing`, too.
	 */
	join(
		member: MemberRecord,
		linkId: string,
		audit: AuditEntry,
	): Promise<"joined" | "link_used" | "workspace_missing" | "limit_reached">;
	/** Of two owners who leave at one moment one is told `last_owner`. */
	change(
		workspaceId: string,
		accountId: string,
		role: Role,
		audit: AuditEntry,
	): Promise<MemberRecord | "missing" | "last_owner">;
	remove(
		workspaceId: string,
		accountId: string,
		audit: AuditEntry,
	): Promise<"removed" | "missing" | "last_owner">;
}

export interface SessionStore {
	/**
	 * Also sets the account's `lastSignInAt`; beyond `limits.sessionsPerAccount`
	 * the oldest ends. False, and nothing done, when the account is gone or
	 * disabled by now, or `passwordHash` is given and not its password any more:
	 * who has just ended all sessions gets none that was let in before.
	 */
	begin(session: SessionRecord, audit: AuditEntry, passwordHash?: string): Promise<boolean>;
	/** By the digest of its token; also one that is past its time and not yet dropped. */
	findByDigest(digest: Buffer): Promise<SessionRecord | undefined>;
	/** Moves `lastSeenAt` forward; nothing happens when the session has ended. */
	seen(id: string, at: number): Promise<void>;
	/** Newest first. */
	listOf(accountId: string): Promise<readonly SessionRecord[]>;
	/** False when the account has no such session. */
	end(accountId: string, id: string, audit: AuditEntry): Promise<boolean>;
	/** Deletes sessions that ended, or were last seen, too long ago; at most `limit`, how many there were. */
	dropEnded(expiredBy: number, seenBefore: number, limit: number): Promise<number>;
}

export interface OneTimeLinkStore {
	/**
	 * A new `setup` link ends the one before, and a new `reset` link those of its
	 * account. `not_first`: a set-up link while an account can sign in.
	 */
	create(
		link: OneTimeLinkRecord,
		audit: AuditEntry,
		idempotencyWrite?: IdempotencyWrite<OneTimeLinkRecord>,
	): Promise<"created" | "workspace_missing" | "account_missing" | "limit_reached" | "not_first">;
	/** Also one that is past its time and not yet dropped. */
	findByDigest(digest: Buffer): Promise<OneTimeLinkRecord | undefined>;
	/** A workspace's invitations that are good at `now`, newest first. */
	invitations(workspaceId: string, now: number): Promise<readonly OneTimeLinkRecord[]>;
	/** Takes an invitation of the workspace back. */
	delete(workspaceId: string, id: string, audit: AuditEntry): Promise<"deleted" | "missing">;
	/** Deletes links whose time ended at or before `now`, at most `limit`; how many there were. */
	dropExpired(now: number, limit: number): Promise<number>;
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
	): Promise<ReadonlyArray<{ readonly hour: number } & CallCounts>>;
	/** Calls of all keys of a workspace per hour, as `hours`. Those of deleted keys stay in it. */
	workspaceHours(
		workspaceId: string,
		from: number,
		to: number,
	): Promise<ReadonlyArray<{ readonly hour: number } & CallCounts>>;
	/**
	 * Calls of each key of a workspace, those with the most first, at most
	 * `limit`. `from` and `to` are starts of UTC days. Deleted keys stay in it.
	 */
	keySums(
		workspaceId: string,
		from: number,
		to: number,
		limit: number,
	): Promise<ReadonlyArray<{ readonly keyId: string } & CallCounts>>;
	/** Deletes counts of hours before `before`, at most about `limit` records; how many there were. */
	dropBefore(before: number, limit: number): Promise<number>;
	/**
	 * Deletes what is kept of keys that are not there any more: a count that was
	 * under way when a key was deleted is written after it. Looks at the next
	 * keys counted since `since`; `next` says where to go on, and is absent at the end.
	 */
	dropOrphans(since: number, after?: string): Promise<{ readonly dropped: number; readonly next?: string }>;
}

export interface QuotaUse {
	readonly periodStart: number;
	readonly used: number;
}

/** Activity of workspaces: each minute kept for a day or so, each hour for as long as usage. */
export interface ActivityStore {
	/** Adds to minutes and to the hours they are in, in one go. */
	add(batch: readonly MinuteOfActivity[]): Promise<void>;
	/**
	 * Minutes of a workspace with calls, oldest first, from `from` (inclusive) to
	 * `to` (exclusive), both starts of minutes, milliseconds.
	 */
	minutes(workspaceId: string, from: number, to: number): Promise<readonly TimedActivity[]>;
	/** The same by the hour. */
	hours(workspaceId: string, from: number, to: number): Promise<readonly TimedActivity[]>;
	/** When the last call kept of a workspace was answered. */
	lastCallAt(workspaceId: string): Promise<number | undefined>;
	/** Deletes minutes and hours that begin before these moments, at most `limit` of each; how many there were. */
	dropBefore(before: { readonly minutes: number; readonly hours: number }, limit: number): Promise<number>;
}

export interface AuditStore {
	/** Newest first. Without a workspace: entries of all. */
	list(page: PageRequest & AuditFilter): Promise<Page<AuditEntry>>;
}

export interface DenialStore {
	/**
	 * Adds refusals, each `count` calls between `firstAt` and `lastAt`: the same
	 * one (by id) adds up, and the later of two says how it was. Then forgets, of each workspace in the batch, those beyond the
	 * `keep` latest.
	 */
	add(batch: readonly Denial[], keep: number): Promise<void>;
	/** The latest first: `createdAt` of positions is `lastAt`. */
	list(workspaceId: string, page: PageRequest): Promise<Page<Denial>>;
	/** Deletes refusals last seen before `before`, at most `limit`; how many there were. */
	dropBefore(before: number, limit: number): Promise<number>;
}

/** Answers to calls with an Idempotency-Key. They are written by the methods that take a `IdempotencyWrite`. */
export interface IdempotencyStore {
	/** Also one that is past its time and not yet dropped. */
	find(id: string): Promise<IdempotencyRecord | undefined>;
	/** Deletes answers whose time ended at or before `now`, at most `limit`; how many there were. */
	dropExpired(now: number, limit: number): Promise<number>;
}

/** Turns at work that one instance at a time does. */
export interface LeaseStore {
	/**
	 * Takes or extends a turn until `until`: true when nobody else's lasts beyond
	 * `now`, or it lasts so long that only a wrong clock can have taken it. Both
	 * are milliseconds since the epoch, by the caller's clock.
	 */
	take(name: string, holder: string, now: number, until: number): Promise<boolean>;
	/** Gives a turn back before its time; nothing happens when it is another's. */
	release(name: string, holder: string): Promise<void>;
}

/**
 * The mark of the secret the database is used with, so that nobody makes keys
 * in it that the others on it cannot know. One, for the whole database.
 */
export interface SecretFingerprintStore {
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
	/** Foreign tokens were imported: drop what is known of them and of their prefixes. */
	| { readonly type: "imports" }
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
