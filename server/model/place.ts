/** One Roblox place on a workspace's allow-list. Times are milliseconds since the Unix epoch. */
export interface PlaceRecord {
	readonly workspaceId: string;
	/** The PlaceId, as decimal digits. */
	readonly id: string;
	readonly name?: string;
	readonly status: "active" | "inactive";
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** The record of a place that is allowed again: everything new but when it was first allowed. */
export function replacePlace(existing: PlaceRecord | undefined, place: PlaceRecord): PlaceRecord {
	return existing === undefined ? place : { ...place, createdAt: existing.createdAt };
}
