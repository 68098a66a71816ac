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
