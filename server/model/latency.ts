import { latencyBoundsMs } from "../../shared/endpoints/activity.js";

/**
 * How long requests took, as a histogram: counts per bucket, so that the counts of
 * instances and minutes can be added up. The last bucket is for everything above
 * the last bound.
 */

export const latencyBuckets = latencyBoundsMs.length + 1;

/** A histogram without requests. */
export function emptyLatency(): number[] {
	return new Array<number>(latencyBuckets).fill(0);
}

/** The bucket of a request that took this long; a bound belongs to the bucket below it. */
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
 * A quantile in milliseconds: the most that this share of the requests took;
 * undefined without requests. Assumes that requests are spread evenly over their
 * bucket, and that those above the last bound took as long as that bound.
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

/** More digits than the clock has would feign precision. */
function toMicroseconds(ms: number): number {
	return Math.round(ms * 1000) / 1000;
}
