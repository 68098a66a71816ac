import type { CallCounts } from "./usage.js";

/** Calls of a workspace, and how long they took. */
export interface Activity extends CallCounts {
	/** Calls by how long they took: one count for each bucket of latency.ts. */
	readonly latency: readonly number[];
}

/** What happened in a workspace in one minute, as far as one instance has seen it. */
export interface ActivityMinute extends Activity {
	readonly workspaceId: string;
	/** When the minute begins, milliseconds since the Unix epoch. */
	readonly minute: number;
	/** When the last of these calls was answered. */
	readonly lastAt: number;
}

/** Activity of the minute or hour that begins at `start`, milliseconds since the Unix epoch. */
export interface ActivityPoint extends Activity {
	readonly start: number;
}
