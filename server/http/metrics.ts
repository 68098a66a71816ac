import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from "prom-client";

/** Counters of one app, for `/metrics`. Nothing in them names a key, a workspace or an address. */
export class Metrics {
	readonly registry = new Registry();
	readonly #calls = new Map<string, { readonly endpoint: string; readonly code: string; count: number }>();
	readonly #durations = new Map<string, Durations>();

	/** `feedAge`: milliseconds since the change feed last confirmed. */
	constructor(feedAge: () => number) {
		const registers = [this.registry];
		collectDefaultMetrics({ register: this.registry });
		const calls = this.#calls;
		new Counter({
			name: "placelock_calls_total",
			help: "Calls by endpoint and outcome: ok, or the code of the error catalogue.",
			labelNames: ["endpoint", "code"],
			registers,
			collect() {
				this.reset();
				for (const { endpoint, code, count } of calls.values()) this.inc({ endpoint, code }, count);
			},
		});
		new Gauge({
			name: "placelock_change_feed_age_seconds",
			help: "Seconds since the change feed last confirmed. Records in memory are not used past 5 s.",
			registers,
			collect() {
				this.set(feedAge() / 1000);
			},
		});
		const durations = this.#durations;
		this.registry.registerMetric({
			name: "placelock_call_seconds",
			get: async () => ({
				name: "placelock_call_seconds",
				help: "Time from a call's headers to its answer.",
				type: "histogram",
				aggregator: "sum",
				values: [...durations].flatMap(([endpoint, recorded]) => recorded.values(endpoint)),
			}),
			reset: () => durations.clear(),
		} as unknown as Metric);
	}

	/** The recorder of one endpoint's calls: outcome (`ok` or a code) and milliseconds. */
	recorder(endpoint: string): (code: string, ms: number) => void {
		const durations = new Durations();
		const known = new Map<string, { count: number }>();
		return (code, ms) => {
			let call = known.get(code);
			if (call === undefined) {
				this.#durations.set(endpoint, durations);
				const entry = { endpoint, code, count: 0 };
				this.#calls.set(`${endpoint} ${code}`, entry);
				known.set(code, entry);
				call = entry;
			}
			call.count++;
			durations.add(ms);
		};
	}
}

const bucketsMs = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1000, 5000];

/**
 * A histogram whose recording is two additions: prom-client's own costs a
 * twentieth of a verification.
 */
class Durations {
	/** Calls per bucket, not cumulated; the last is for those past every bound. */
	readonly #counts = new Array<number>(bucketsMs.length + 1).fill(0);
	#sumMs = 0;

	add(ms: number): void {
		let bucket = 0;
		while (bucket < bucketsMs.length && ms > (bucketsMs[bucket] ?? 0)) bucket++;
		this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
		this.#sumMs += ms;
	}

	values(endpoint: string) {
		let count = 0;
		const buckets = this.#counts.map((inBucket, index) => {
			count += inBucket;
			const bound = bucketsMs[index];
			const le = bound === undefined ? "+Inf" : bound / 1000;
			return { metricName: "placelock_call_seconds_bucket", labels: { endpoint, le }, value: count };
		});
		return [
			...buckets,
			{ metricName: "placelock_call_seconds_sum", labels: { endpoint }, value: this.#sumMs / 1000 },
			{ metricName: "placelock_call_seconds_count", labels: { endpoint }, value: count },
		];
	}
}
