import type { ActivityMinute, ActivityPoint } from "../model/activity.js";

/** Activity of workspaces: minutes are kept for about a day, hours for as long as usage. */
export interface ActivityStore {
	/** Adds to minutes and to the hours they are in, in one transaction. */
	add(batch: readonly ActivityMinute[]): Promise<void>;
	/**
	 * Minutes of a workspace with requests, oldest first, from `from` (inclusive)
	 * to `to` (exclusive), both starts of minutes, milliseconds.
	 */
	minutes(workspaceId: string, from: number, to: number): Promise<readonly ActivityPoint[]>;
	/** The same by the hour. */
	hours(workspaceId: string, from: number, to: number): Promise<readonly ActivityPoint[]>;
	/** When the last recorded request of a workspace was answered. */
	lastCallAt(workspaceId: string): Promise<number | undefined>;
	/** Deletes minutes and hours that begin before these moments, at most `limit` of each. Returns how many. */
	deleteBefore(before: { readonly minutes: number; readonly hours: number }, limit: number): Promise<number>;
}
