import type { AccountStore } from "./accountStore.js";
import type { ActivityStore } from "./activityStore.js";
import type { AuditStore } from "./auditStore.js";
import type { ChangeFeed } from "./changeFeed.js";
import type { DenialStore } from "./denialStore.js";
import type { IdempotencyStore } from "./idempotencyStore.js";
import type { ImportStore } from "./importStore.js";
import type { KeyStore } from "./keyStore.js";
import type { LeaseStore } from "./leaseStore.js";
import type { MemberStore } from "./memberStore.js";
import type { OneTimeLinkStore } from "./oneTimeLinkStore.js";
import type { PlaceStore } from "./placeStore.js";
import type { SecretFingerprintStore } from "./secretFingerprintStore.js";
import type { SessionStore } from "./sessionStore.js";
import type { UsageStore } from "./usageStore.js";
import type { WorkspaceStore } from "./workspaceStore.js";

export type * from "./accountStore.js";
export type * from "./activityStore.js";
export type * from "./auditStore.js";
export type * from "./changeFeed.js";
export type * from "./denialStore.js";
export * from "./errors.js";
export type * from "./idempotencyStore.js";
export type * from "./importStore.js";
export type * from "./keyStore.js";
export type * from "./leaseStore.js";
export type * from "./memberStore.js";
export type * from "./oneTimeLinkStore.js";
export type * from "./pages.js";
export type * from "./placeStore.js";
export type * from "./secretFingerprintStore.js";
export type * from "./sessionStore.js";
export type * from "./usageStore.js";
export type * from "./workspaceStore.js";

/**
 * The store port: what the domain stores, in the domain's words. The other files
 * of this folder declare its parts; import all of it from here.
 *
 * Every method that changes something takes the audit entry of the change and
 * writes both in one transaction, or neither. A method that cannot reach the
 * database rejects with `StoreUnavailable`. Outcomes that the caller handles are
 * returned, never thrown, except `DuplicateRequest`. Which outcome it is, the
 * `…Rules` files of `model/` decide for both adapters. Opening a store applies
 * its migrations.
 */
export interface Store {
	/** For logs, `/readyz` and the command line: `sqlite` or `mongodb`. */
	readonly kind: "sqlite" | "mongodb";
	/** The schema version found when the store was opened, 0 for a new database, and the version after migrating. */
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
	/** Resolves when the database responds and has the schema that this code knows. */
	ping(): Promise<void>;
	/** Ends the change feed and closes the database. Calls in progress finish first. */
	close(): Promise<void>;
}
