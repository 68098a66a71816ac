import type { PlaceProof } from "./placeProof.js";

/** The owner of keys and places. Times are milliseconds since the Unix epoch. */
export interface WorkspaceRecord {
	readonly id: string;
	readonly name: string;
	readonly status: "active" | "suspended";
	/** The least proof of the place; absent: the server's own setting. */
	readonly placeProof?: PlaceProof;
	/** Days without use after which a key is idle; absent: never. */
	readonly idleDays?: number;
	/** Most keys that are not revoked. */
	readonly maxKeys: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}
