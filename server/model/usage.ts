/** Requests, by how they ended. */
export interface CallCounts {
	readonly verified: number;
	readonly refused: number;
}

/** The use of one key since the last write, gathered in memory. */
export interface KeyUsage {
	readonly keyId: string;
	readonly workspaceId?: string;
	/** Requests per hour; `hour` is the hour's start in milliseconds since the Unix epoch, UTC. */
	readonly hours: ReadonlyArray<{
		readonly hour: number;
		readonly verified: number;
		readonly refused: number;
	}>;
	/** The last accepted request. Absent when all were denied: a denied request is not use. */
	readonly lastUse?: LastUse;
	/** What to add to the quota counter of a period, for keys with a quota. */
	readonly quota?: QuotaUse;
}

export interface LastUse {
	readonly at: number;
	readonly placeId?: string;
	readonly address: string;
	/** The last use with a rotated-out token, that or an earlier one. Moves forward on its own. */
	readonly previous?: PreviousUse;
}

/** The last use of the token before a rotation. */
export interface PreviousUse {
	readonly at: number;
	/** When that rotation was: the record of a key says which one was the last. */
	readonly rotatedAt: number;
}

/** The counter of a quota period. */
export interface QuotaUse {
	readonly periodStart: number;
	readonly used: number;
}

/**
 * The last use after another one was recorded. Instances write at different
 * times and clocks get set, so it moves forward only: a later use replaces an
 * earlier one, and a use of a later rotation or moment the previous token's.
 */
export function mergeLastUse(known: LastUse | undefined, next: LastUse): LastUse {
	if (known === undefined) return next;
	const { previous: _, ...latest } = next.at > known.at ? next : known;
	const previous = laterPreviousUse(known.previous, next.previous);
	return previous === undefined ? latest : { ...latest, previous };
}

function laterPreviousUse(
	known: PreviousUse | undefined,
	next: PreviousUse | undefined,
): PreviousUse | undefined {
	if (known === undefined || next === undefined) return known ?? next;
	return isLaterPreviousUse(known, next.at, next.rotatedAt) ? next : known;
}

/** Whether a use at `at`, of the token before the rotation at `rotatedAt`, takes the place of the known one. */
export function isLaterPreviousUse(known: PreviousUse, at: number, rotatedAt: number): boolean {
	return rotatedAt > known.rotatedAt || (rotatedAt === known.rotatedAt && at > known.at);
}

/** The latest quota period of each key in a batch: only its counter is still of interest. */
export function latestQuotaPeriods(batch: readonly KeyUsage[]): Map<string, number> {
	const periods = new Map<string, number>();
	for (const { keyId, quota } of batch) {
		if (quota !== undefined) periods.set(keyId, Math.max(quota.periodStart, periods.get(keyId) ?? 0));
	}
	return periods;
}

/** How long a quota counter is kept after its period began, in milliseconds: past the end of the longest, a month. */
export const quotaRetentionMs = 62 * 86_400_000;
