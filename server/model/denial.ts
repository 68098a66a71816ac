import type { PlaceProof } from "./placeProof.js";

/**
 * Requests with a token of a workspace that were denied: all of one key for one
 * reason, from one place and address; for a missing scope, of one scope. Times
 * are milliseconds since the Unix epoch.
 */
export interface Denial {
	/** The same for the same key, code, place, address and scope: see `denialId`. */
	readonly id: string;
	readonly workspaceId: string;
	readonly keyId: string;
	/** The key's name at the last request. */
	readonly keyName?: string;
	/** A code of the error catalogue. */
	readonly code: string;
	/** Details of the last request. Never a secret. */
	readonly detail?: string;
	/** The scope the key lacks, for `scope_missing`. */
	readonly scope?: string;
	readonly placeId?: string;
	readonly proof?: PlaceProof;
	/** The place in the body, where the Roblox-Id header named another. */
	readonly claimedPlaceId?: string;
	readonly address: string;
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
}

/** Adds up two denials with the same ID, which may be left out. Details are those of the later one, of `next` at the same moment. */
export function mergeDenials<D extends Omit<Denial, "id">>(known: D, next: D): D {
	return {
		...(next.lastAt >= known.lastAt ? next : known),
		count: known.count + next.count,
		firstAt: Math.min(known.firstAt, next.firstAt),
		lastAt: Math.max(known.lastAt, next.lastAt),
	};
}
