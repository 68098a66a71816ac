import type { KeyKind } from "./key.js";

/** Which keys of a workspace to return. Absent fields do not filter. */
export interface KeyFilter {
	readonly kind?: KeyKind;
	readonly status?: {
		/** Idle keys count as active here. */
		readonly name: "active" | "disabled" | "expired" | "revoked";
		/** The moment that decides about expiry, milliseconds since the epoch. */
		readonly at: number;
	};
	readonly search?: KeySearch;
}

/** A key matches when any of these does. */
export interface KeySearch {
	/** A part of the name, ignoring case. */
	readonly part: string;
	/** The start of the token, for imported keys that were not rotated yet. */
	readonly foreignStart: string;
	/** The start of the ID, for any kind of key or for one. */
	readonly ids: ReadonlyArray<{ readonly start: string; readonly kind?: KeyKind }>;
}
