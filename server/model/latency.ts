import { latencyBoundsMs } from "../../shared/endpoints/activity.js";

/**
 * How long calls took, as a histogram: counts of calls per bucket, so that what
 * instances and minutes counted can be added up. The last bucket is for what is
 * past every bound.
 */

export const latencyBuckets = latencyBoundsMs.length + 1;

/** A histogram of no calls. */
export function emptyLatency(): number[] {
	return new Array<number>(latencyBuckets).fill(0);
}

/** The bucket of a call that took this long; a bound belongs to the bucket it ends. */
export function latencyBucket(ms: number): number {
	let bucket = 0;
	while (bucket < latencyBoundsMs.length && ms > (latencyBoundsMs[bucket] ?? 0)) bucket++;
	return bucket;
}

/** Adds a histogram to `sum`, in place. */
export function addLatency(sum: number[], more: readonly number[]): void {
	for (const [bucket, calls] of more.entries()) sum[bucket] = (sum[bucket] ?? 0) + calls;
}

/**
 * How long, in milliseconds, this share of the calls took at most; undefined
 * without calls. Calls are taken to lie evenly in their bucket, and those past
 * every bound to have taken as long as the last one.
 */
export function latencyQuantile(latency: readonly number[], share: number): number | undefined {
	const calls = latency.reduce((sum, count) => sum + count, 0);
	if (calls === 0) return undefined;
	const wanted = share * calls;
	let below = 0;
	for (const [bucket, count] of latency.entries()) {
		const upper = latencyBoundsMs[bucket];
		if (upper === undefined) break;
		if (count > 0 && below + count >= wanted) {
			const lower = latencyBoundsMs[bucket - 1] ?? 0;
			return toMicroseconds(lower + ((upper - lower) * (wanted - below)) / count);
		}
		below += count;
	}
	return latencyBoundsMs.at(-1);
}

/** More digits than a clock has would only look exact. */
function toMicroseconds(ms: number): number {
	return Math.round(ms * 1000) / 1000;
}
