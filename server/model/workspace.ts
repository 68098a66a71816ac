import type { PlaceProof } from "./placeProof.js";

/** The owner of keys and places. Times are milliseconds since the Unix epoch. */
export interface WorkspaceRecord {
	readonly id: string;
	readonly name: string;
	readonly status: "active" | "suspended";
	/** The weakest place proof that is accepted; absent: the server's setting. */
	readonly placeProof?: PlaceProof;
	/** Days without use after which a key is idle; absent: never. */
	readonly idleDays?: number;
	/** The maximum number of keys that are not revoked. */
	readonly maxKeys: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}
