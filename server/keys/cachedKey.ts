import { wildcardScope } from "../../shared/scopes.js";
import { type AddressList, addressList } from "../isomorphic/addresses.js";
import type { KeyRecord } from "../model/key.js";

/** A key in memory, with what checking a call needs worked out once. */
export interface KnownKey {
	readonly record: KeyRecord;
	/** Undefined: any address. */
	readonly allowedIps: AddressList | undefined;
	/** Undefined: every place of the workspace. */
	readonly placeIds: ReadonlySet<string> | undefined;
	readonly scopes: ReadonlySet<string>;
	/** Last accepted call as far as this process knows, milliseconds since the epoch; undefined: not asked yet. */
	lastUsedAt: number | undefined;
}

export function knownKey(record: KeyRecord): KnownKey {
	return {
		record,
		allowedIps: record.allowedIps.length > 0 ? addressList(record.allowedIps) : undefined,
		placeIds: record.placeIds.length > 0 ? new Set(record.placeIds) : undefined,
		scopes: new Set(record.scopes),
		lastUsedAt: undefined,
	};
}

/** Default deny: an empty list grants nothing, and everything only where `*` is written. */
export function grants(key: KnownKey, scope: string): boolean {
	return key.scopes.has(scope) || key.scopes.has(wildcardScope);
}
