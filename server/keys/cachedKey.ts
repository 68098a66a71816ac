import { wildcardScope } from "../../shared/scopes.js";
import { type AddressList, addressList } from "../isomorphic/addresses.js";
import type { KeyRecord } from "../model/key.js";

/** A key in memory, with everything the checks need computed once. */
export interface CachedKey {
	readonly record: KeyRecord;
	/** Undefined: any address. */
	readonly allowedIps: AddressList | undefined;
	/** Undefined: every place of the workspace. */
	readonly placeIds: ReadonlySet<string> | undefined;
	readonly scopes: ReadonlySet<string>;
	/** The last accepted request this process knows of, milliseconds since the epoch; undefined: not loaded yet. */
	lastUsedAt: number | undefined;
}

export function toCachedKey(record: KeyRecord): CachedKey {
	return {
		record,
		allowedIps: record.allowedIps.length > 0 ? addressList(record.allowedIps) : undefined,
		placeIds: record.placeIds.length > 0 ? new Set(record.placeIds) : undefined,
		scopes: new Set(record.scopes),
		lastUsedAt: undefined,
	};
}

/** Default deny: an empty list grants nothing, and only a written `*` grants everything. */
export function hasScope(key: CachedKey, scope: string): boolean {
	return key.scopes.has(scope) || key.scopes.has(wildcardScope);
}
