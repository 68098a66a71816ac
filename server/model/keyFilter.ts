import type { KeyKind } from "./key.js";

/** Which keys of a workspace are asked for; what is absent does not matter. */
export interface KeyFilter {
	readonly kind?: KeyKind;
	readonly status?: {
		/** Idle keys are active here. */
		readonly name: "active" | "disabled" | "expired" | "revoked";
		/** The moment for which it is asked, milliseconds since the epoch. */
		readonly at: number;
	};
	readonly search?: KeySearch;
}

/** Keys that match in any of these ways. */
export interface KeySearch {
	/** A part of the name, ignoring case. */
	readonly part: string;
	/** How the token starts, of an imported key that was not rotated yet. */
	readonly foreignStart: string;
	/** How the id starts, of any kind of key or of one. */
	readonly ids: ReadonlyArray<{ readonly start: string; readonly kind?: KeyKind }>;
}
