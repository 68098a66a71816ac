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
}
