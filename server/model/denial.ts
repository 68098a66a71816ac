import type { PlaceProof } from "./placeProof.js";

/**
 * Calls that were made with a token of a workspace and refused: all of one key
 * for one reason, from one place and address; for a scope that is missing, of one scope. Times are milliseconds since the
 * Unix epoch.
 */
export interface Denial {
	/** The same for the same key, code, place, address and scope: see `denialId`. */
	readonly id: string;
	readonly workspaceId: string;
	readonly keyId: string;
	/** What the key was called at the last one. */
	readonly keyName?: string;
	/** A code of the error catalogue. */
	readonly code: string;
	/** What was particular to the last one. Never a secret. */
	readonly detail?: string;
	/** The scope the key lacks, for `scope_missing`. */
	readonly scope?: string;
	readonly placeId?: string;
	readonly proof?: PlaceProof;
	/** What the body said, where the Roblox-Id header said otherwise. */
	readonly claimedPlaceId?: string;
	readonly address: string;
	readonly count: number;
	readonly firstAt: number;
	readonly lastAt: number;
}
