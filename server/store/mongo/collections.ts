import type { Collection, Db } from "mongodb";
import type { AccountRecord } from "../../accounts/account.js";
import type { AuditEntry } from "../../audit/auditEntry.js";
import type { KeyRecord } from "../../keys/key.js";
import type { PlaceRecord } from "../../places/place.js";
import type { LastUse } from "../../usage/usage.js";
import type { WorkspaceRecord } from "../../workspaces/workspace.js";

/** A record as a document: its id becomes `_id`. */
export type DocumentOf<T extends { readonly id: string }> = Omit<T, "id"> & { readonly _id: string };

/** `_id` is the workspace's id and the PlaceId, see `placeDocumentId`; `id` stays beside it. */
export type PlaceDocument = PlaceRecord & { readonly _id: string };

/** What a workspace holds. Apart from the workspace, so that counting is no news of the workspace. */
export interface HoldingsDocument {
	readonly _id: string;
	/** Keys that are not revoked. */
	readonly keys: number;
	/** Moves when a place is allowed, so that this and deleting the workspace cannot both succeed. */
	readonly places: number;
}

/** A name in use: `_id` is the owner and the folded name, see `keyNameId`. */
export interface KeyNameDocument {
	readonly _id: string;
	readonly keyId: string;
}

export type LastUseDocument = LastUse & { readonly _id: string };

/** `_id` is the key's id and the hour, see `usageHourId`. */
export interface UsageHourDocument {
	readonly _id: string;
	readonly hour: number;
	readonly verified: number;
	readonly refused: number;
}

/** `_id` is the key's id and the start of the period, see `quotaCounterId`. */
export interface QuotaCounterDocument {
	readonly _id: string;
	readonly used: number;
	/** When MongoDB may delete the counter. */
	readonly dropAt: Date;
}

export interface SchemaDocument {
	readonly _id: "schema";
	readonly version: number;
}

/** What the database keeps of the secret it is used with. */
export interface SecretMarkDocument {
	readonly _id: "current";
	readonly mark: string;
}

/**
 * Every collection, with the key to shard it by. Each lookup that a verify
 * makes is by `_id`, so a sharded cluster sends it to one shard; names are
 * unique by `_id` as well, because no other unique index may span shards.
 */
export interface Collections {
	/** Shard key: `{ _id: "hashed" }`. */
	readonly workspaces: Collection<DocumentOf<WorkspaceRecord>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly holdings: Collection<HoldingsDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's places together. */
	readonly places: Collection<PlaceDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly keys: Collection<DocumentOf<KeyRecord>>;
	/** Shard key: `{ _id: 1 }`, which keeps a workspace's names together. */
	readonly keyNames: Collection<KeyNameDocument>;
	/** Not sharded: a handful. */
	readonly accounts: Collection<DocumentOf<AccountRecord>>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly lastUses: Collection<LastUseDocument>;
	/** Shard key: `{ _id: 1 }`, which keeps a key's hours together and in order. */
	readonly usageHours: Collection<UsageHourDocument>;
	/** Shard key: `{ _id: 1 }`. */
	readonly quotaCounters: Collection<QuotaCounterDocument>;
	/** Shard key: `{ _id: "hashed" }`. */
	readonly audit: Collection<DocumentOf<AuditEntry>>;
	/** Not sharded: one document. */
	readonly schema: Collection<SchemaDocument>;
	/** Not sharded: one document. */
	readonly secretMark: Collection<SecretMarkDocument>;
}

export function collectionsOf(db: Db): Collections {
	return {
		workspaces: db.collection("workspaces"),
		holdings: db.collection("holdings"),
		places: db.collection("places"),
		keys: db.collection("keys"),
		keyNames: db.collection("keyNames"),
		accounts: db.collection("accounts"),
		lastUses: db.collection("lastUses"),
		usageHours: db.collection("usageHours"),
		quotaCounters: db.collection("quotaCounters"),
		audit: db.collection("audit"),
		schema: db.collection("schema"),
		secretMark: db.collection("secretMark"),
	};
}

export function placeDocumentId(workspaceId: string, placeId: string): string {
	return `${workspaceId}/${placeId}`;
}

/** The other way round. A PlaceId is digits, so the last slash is the one between. */
export function placeOfDocumentId(id: string): { workspaceId: string; placeId: string } {
	const slash = id.lastIndexOf("/");
	return { workspaceId: id.slice(0, slash), placeId: id.slice(slash + 1) };
}

/** Padded, so that the order of ids is the order of times. */
function timedId(keyId: string, time: number): string {
	return `${keyId}/${String(time).padStart(16, "0")}`;
}

export const usageHourId = timedId;
export const quotaCounterId = timedId;

/** All timed ids of a key: `/` is followed by `0` in ASCII. */
export function timedIdsOf(keyId: string): { $gte: string; $lt: string } {
	return { $gte: `${keyId}/`, $lt: `${keyId}0` };
}
