import type { CallCounts } from "./usage.js";

/** Requests of a workspace, and how long they took. */
export interface Activity extends CallCounts {
	/** Requests by how long they took: one count for each bucket of latency.ts. */
	readonly latency: readonly number[];
}

/** The activity of a workspace in one minute, as seen by one instance. */
export interface ActivityMinute extends Activity {
	readonly workspaceId: string;
	/** When the minute begins, milliseconds since the Unix epoch. */
	readonly minute: number;
	/** When the last of these requests was answered. */
	readonly lastAt: number;
}

/** Activity of the minute or hour that begins at `start`, milliseconds since the Unix epoch. */
export interface ActivityPoint extends Activity {
	readonly start: number;
}
