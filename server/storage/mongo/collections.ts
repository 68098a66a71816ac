import type { Collection, Db } from "mongodb";
import type { AccountRecord } from "../../model/account.js";
import type { AuditEntry } from "../../model/auditEntry.js";
import type { Denial } from "../../model/denial.js";
import type { IdempotencyRecord } from "../../model/idempotencyRecord.js";
import type { KeyRecord } from "../../model/key.js";
import type { MemberRecord } from "../../model/member.js";
import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import type { PlaceRecord } from "../../model/place.js";
import type { SessionRecord } from "../../model/session.js";
import type { StoredKeyStatus } from "../../model/storedKeyStatus.js";
import type { LastUse } from "../../model/usage.js";
import type { WorkspaceRecord } from "../../model/workspace.js";

/** A record as a document: its ID becomes `_id`. */
export type DocumentOf<T extends { readonly id: string }> = Omit<T, "id"> & { readonly _id: string };

/** `_id` is the workspace's ID and the PlaceId, see `placeDocumentId`; `id` stays as well. */
export type PlaceDocument = PlaceRecord & { readonly _id: string };

/** What a workspace contains. Apart from the workspace, so that counting does not look like a change of it. */
export interface HoldingsDocument {
	readonly _id: string;
	/** Keys that are not revoked. */
	readonly keys: number;
	/** Changes when a place is allowed, so that this and deleting the workspace cannot both succeed. */
	readonly places: number;
	/**
	 * A version that changes with every new member or invitation, and when an
	 * owner leaves: of two concurrent such changes one runs again and sees the
	 * other's. That enforces the limits and keeps an owner.
	 */
	readonly members?: number;
}

/** A key, with what lists are filtered by. */
export type KeyDocument = DocumentOf<KeyRecord> & {
	readonly foldedName: string;
	readonly standing: StoredKeyStatus;
	/** When it expires; after any moment when it does not. */
	readonly endsAt: number;
};

export type AccountDocument = DocumentOf<AccountRecord> & {
	/** The form of the name that is unique. */
	readonly foldedName: string;
	/**
	 * A version that changes with everything the account has, so that all such
	 * changes and its deletion conflict here. On the document of the built-in
	 * operator, which always exists, also with every change of who can sign in as
	 * what.
	 */
	readonly moves?: number;
};

/** `_id` is the workspace's ID and the account's, see `memberDocumentId`. */
export type MemberDocument = MemberRecord & {
	readonly _id: string;
	/** When the workspace was created: the order in which an account's workspaces are listed. */
	readonly workspaceCreatedAt: number;
};

/** A name in use: `_id` is the owner and the folded name, see `keyNameId`. */
export interface KeyNameDocument {
	readonly _id: string;
	readonly keyId: string;
}

/** A foreign token: `_id` is its digest, see `importedTokenId`. Without a key and a workspace: the key was deleted. */
export interface ImportedTokenDocument {
	readonly _id: string;
	readonly keyId?: string;
	readonly workspaceId?: string;
}

/** A prefix of foreign tokens: `_id` is the prefix. */
export interface ImportedPrefixDocument {
	readonly _id: string;
	/** Changes with every import, so that the feed sees each. */
	readonly imports: number;
}

export type LastUseDocument = LastUse & { readonly _id: string };

/** `_id` is the key's ID and the hour, see `usageHourId`. */
export interface UsageHourDocument {
	readonly _id: string;
	readonly hour: number;
	readonly verified: number;
	readonly refused: number;
}

/** `_id` is the key's ID and the start of the period, see `quotaCounterId`. */
export interface QuotaCounterDocument {
	readonly _id: string;
	readonly used: number;
	/** When MongoDB may delete the counter. */
	readonly dropAt: Date;
}

/** A part of a workspace's requests in a span of time, by key. `_id` is its workspace, span, start and part. */
export interface UsageSumDocument {
	readonly _id: string;
	readonly span: "day" | "week";
	readonly workspaceId: string;
	/** When the span begins. */
	readonly start: number;
	/** When it ends; retention goes by this. */
	readonly until: number;
	/** By the key's ID. A key without such requests is left out. */
	readonly verified?: Readonly<Record<string, number>>;
	readonly refused?: Readonly<Record<string, number>>;
}

/** A workspace's requests in a day, by the start of the hour. `_id` is the workspace's ID and the day. */
export interface WorkspaceDayDocument {
	readonly _id: string;
	readonly workspaceId: string;
	/** When the day begins. */
	readonly start: number;
	readonly until: number;
	readonly verified?: Readonly<Record<string, number>>;
	readonly refused?: Readonly<Record<string, number>>;
}

/** A workspace's activity in a minute or hour. `_id` is its workspace, span and start. */
export interface ActivityDocument {
	readonly _id: string;
	readonly span: "minute" | "hour";
	readonly start: number;
	readonly verified: number;
	readonly refused: number;
	/** Requests by bucket; a bucket without requests is left out. */
	readonly latency?: Readonly<Record<number, number>>;
	readonly lastAt: number;
}

export type IdempotencyDocument = DocumentOf<IdempotencyRecord> & {
	/** When MongoDB may delete the record. */
	readonly dropAt: Date;
};

export interface LeaseDocument {
	readonly _id: string;
	readonly holder: string;
	readonly until: number;
}

export interface SchemaDocument {
	readonly _id: "schema";
	readonly version: number;
}

/** The fingerprint of the secret that the database is used with. */
export interface SecretFingerprintDocument {
	readonly _id: "current";
	readonly mark: string;
}

/**
 * Every collection, with the key to shard it by. Each lookup of a verification is
 * by `_id`, so a sharded cluster sends it to one shard. Names are unique by `_id`
 * as well, because no other unique index may span shards.
 */
export interface Collections {
	/** Shard key: `{ _id: "hashed" }`. */
	readonly workspaces: Collection<DocumentOf<WorkspaceRecord>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly holdings: Collection<HoldingsDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's places together. */
	readonly places: Collection<PlaceDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly keys: Collection<KeyDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's names together. */
	readonly keyNames: Collection<KeyNameDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly importedTokens: Collection<ImportedTokenDocument>;
	/** Not sharded: a few documents. */
	readonly importedPrefixes: Collection<ImportedPrefixDocument>;
	/** Not sharded, because names are unique by an index: one document for each person. */
	readonly accounts: Collection<AccountDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's members together. */
	readonly members: Collection<MemberDocument>;
	/** Shard key: `{ accountId: 1, _id: 1 }`, which keeps an account's sessions together. */
	readonly sessions: Collection<DocumentOf<SessionRecord>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly oneTimeLinks: Collection<DocumentOf<OneTimeLinkRecord>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly lastUses: Collection<LastUseDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a key's hours together and in order. */
	readonly usageHours: Collection<UsageHourDocument>;
	/** Shard key: `{ _id: 1 }`. */
	readonly quotaCounters: Collection<QuotaCounterDocument>;
	/** Shard key: `{ workspaceId: 1, _id: 1 }`, which keeps a workspace's sums together. */
	readonly usageSums: Collection<UsageSumDocument>;
	/** Shard key: `{ workspaceId: 1, _id: 1 }`. */
	readonly workspaceDays: Collection<WorkspaceDayDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's activity together and in order. */
	readonly activity: Collection<ActivityDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly denials: Collection<DocumentOf<Denial>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly answers: Collection<IdempotencyDocument>;
	/** Not sharded: a few documents. */
	readonly leases: Collection<LeaseDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly audit: Collection<DocumentOf<AuditEntry>>;
	/** Not sharded: one document. */
	readonly schema: Collection<SchemaDocument>;
	/** Not sharded: one document. */
	readonly secretFingerprint: Collection<SecretFingerprintDocument>;
}

export function collectionsOf(db: Db): Collections {
	return {
		workspaces: db.collection("workspaces"),
		holdings: db.collection("holdings"),
		places: db.collection("places"),
		keys: db.collection("keys"),
		keyNames: db.collection("keyNames"),
		importedTokens: db.collection("importedTokens"),
		importedPrefixes: db.collection("importedPrefixes"),
		accounts: db.collection("accounts"),
		members: db.collection("members"),
		sessions: db.collection("sessions"),
		oneTimeLinks: db.collection("oneTimeLinks"),
		lastUses: db.collection("lastUses"),
		usageHours: db.collection("usageHours"),
		quotaCounters: db.collection("quotaCounters"),
		usageSums: db.collection("usageSums"),
		workspaceDays: db.collection("workspaceDays"),
		activity: db.collection("activity"),
		denials: db.collection("denials"),
		answers: db.collection("answers"),
		leases: db.collection("leases"),
		audit: db.collection("audit"),
		schema: db.collection("schema"),
		secretFingerprint: db.collection("secretMark"),
	};
}

export function placeDocumentId(workspaceId: string, placeId: string): string {
	return `${workspaceId}/${placeId}`;
}

/** The inverse. A PlaceId is digits, so the last slash is the separator. */
export function parsePlaceDocumentId(id: string): { workspaceId: string; placeId: string } {
	const slash = id.lastIndexOf("/");
	return { workspaceId: id.slice(0, slash), placeId: id.slice(slash + 1) };
}

export function memberDocumentId(workspaceId: string, accountId: string): string {
	return `${workspaceId}/${accountId}`;
}

/** Padded, so that IDs sort by time. */
function timedId(owner: string, time: number): string {
	return `${owner}/${String(time).padStart(16, "0")}`;
}

export const usageHourId = timedId;
export const quotaCounterId = timedId;
export const workspaceDayId = timedId;

export function usageSumId(workspaceId: string, span: "day" | "week", start: number, part: string): string {
	return `${timedId(`${workspaceId}/${span}`, start)}/${part}`;
}

export function activityId(workspaceId: string, span: "minute" | "hour", start: number): string {
	return timedId(`${workspaceId}/${span}`, start);
}

/** All IDs that start with an owner and a slash: `/` is followed by `0` in ASCII. */
export function idsBeneath(owner: string): { $gte: string; $lt: string } {
	return { $gte: `${owner}/`, $lt: `${owner}0` };
}
