import type { keyKinds, keyStatuses, quotaPeriods } from "../../shared/endpoints/records.js";

export type KeyKind = (typeof keyKinds)[number];
export type KeyStatus = (typeof keyStatuses)[number];

export interface RateLimit {
	readonly limit: number;
	readonly windowSeconds: number;
}

export interface Quota {
	readonly limit: number;
	readonly period: (typeof quotaPeriods)[number];
}

/** The stored record of a key: everything but its token. Times are milliseconds since the Unix epoch. */
export interface KeyRecord {
	/** 12 characters of base62; every token of the key contains it. */
	readonly id: string;
	/** Absent for admin keys, which belong to an account. */
	readonly workspaceId?: string;
	/** The account an admin key acts for. */
	readonly accountId?: string;
	readonly kind: KeyKind;
	readonly name: string;
	readonly description?: string;
	readonly scopes: readonly string[];
	/** The places a game key may be used in; empty: all of its workspace's. */
	readonly placeIds: readonly string[];
	/** Addresses and CIDR ranges the key may be used from; empty: any. */
	readonly allowedIps: readonly string[];
	readonly rateLimit?: RateLimit;
	readonly quota?: Quota;
	/** The prefix of the current token when it is an imported foreign one. Rotation removes it. */
	readonly importedPrefix?: string;
	/** HMAC-SHA256 of the current token under the server secret: 32 bytes. For a foreign token see `foreignDigest`. */
	readonly digest: Buffer;
	/** The same for the token before the last rotation, valid before `previousValidUntil`. */
	readonly previousDigest?: Buffer;
	readonly previousValidUntil?: number;
	readonly rotatedAt?: number;
	readonly expiresAt?: number;
	readonly disabledAt?: number;
	readonly revokedAt?: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}
