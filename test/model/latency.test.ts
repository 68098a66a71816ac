import fc from "fast-check";
import {
	addLatency,
	emptyLatency,
	latencyBucket,
	latencyBuckets,
	latencyQuantile,
} from "../../server/model/latency.js";
import { latencyBoundsMs } from "../../shared/endpoints/activity.js";

function histogramOf(times: readonly number[]): number[] {
	const latency = emptyLatency();
	for (const ms of times) addLatency(latency, only(latencyBucket(ms)));
	return latency;
}

function only(bucket: number): number[] {
	return emptyLatency().map((_, index) => (index === bucket ? 1 : 0));
}

describe("a histogram of latency", () => {
	it.each([
		[0, 0],
		[0.1, 0],
		[0.100001, 1],
		[7, 6],
		[5_000, latencyBuckets - 2],
		[5_001, latencyBuckets - 1],
		[Number.POSITIVE_INFINITY, latencyBuckets - 1],
	])("counts a request of %d ms in bucket %d", (ms, bucket) => {
		expect(latencyBucket(ms)).toBe(bucket);
	});

	it("has no quantiles without requests, and interpolates them otherwise", () => {
		expect(latencyQuantile(emptyLatency(), 0.5)).toBeUndefined();
		// Ten requests from 5 to 10 ms, assumed to be spread evenly.
		const latency = histogramOf(Array(10).fill(7));
		expect(latencyQuantile(latency, 0.5)).toBe(7.5);
		expect(latencyQuantile(latency, 0.95)).toBe(9.75);
	});

	it("returns the last bound for what took longer", () => {
		expect(latencyQuantile(histogramOf([1, 60_000]), 0.95)).toBe(5_000);
	});

	it("has every quantile in the bucket of the request at that rank", () => {
		const times = fc.array(fc.double({ min: 0, max: 6_000, noNaN: true }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(times, fc.constantFrom(0.5, 0.95), (all, share) => {
				const sorted = [...all].sort((a, b) => a - b);
				const truth = latencyBucket(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
				const found = latencyQuantile(histogramOf(all), share) ?? Number.NaN;
				expect(found).toBeGreaterThanOrEqual(latencyBoundsMs[truth - 1] ?? 0);
				expect(found).toBeLessThanOrEqual(latencyBoundsMs[truth] ?? 5_000);
			}),
		);
	});
});
