/** Calls, by how they ended. */
export interface CallCounts {
	readonly verified: number;
	readonly refused: number;
}

/** What happened with one key since the last write, gathered in memory. */
export interface KeyUsage {
	readonly keyId: string;
	readonly workspaceId?: string;
	/** Calls per hour; `hour` is the hour's start in milliseconds since the Unix epoch, UTC. */
	readonly hours: ReadonlyArray<{
		readonly hour: number;
		readonly verified: number;
		readonly refused: number;
	}>;
	/** The last accepted call. Absent when all were refused: a refused call is not use. */
	readonly lastUse?: LastUse;
	/** What to add to the quota counter of a period, for keys with a quota. */
	readonly quota?: { readonly periodStart: number; readonly used: number };
}

export interface LastUse {
	readonly at: number;
	readonly placeId?: string;
	readonly address: string;
	/** When that or an earlier use was made with a rotated-out token. Moves forward apart from the rest. */
	readonly previous?: PreviousUse;
}

/** The last use of the token before a rotation. */
export interface PreviousUse {
	readonly at: number;
	/** When that rotation was: the record of a key says which one was the last. */
	readonly rotatedAt: number;
}
