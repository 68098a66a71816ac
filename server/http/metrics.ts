import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Counters of one app, for `/metrics`. Nothing in them names a key, a workspace or an address. */
export class Metrics {
	readonly registry = new Registry();
	readonly #calls = new Map<string, { readonly endpoint: string; readonly code: string; count: number }>();
	readonly #seconds: Histogram<"endpoint">;

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
		this.#seconds = new Histogram({
			name: "placelock_call_seconds",
			help: "Time from a call's headers to its answer.",
			labelNames: ["endpoint"],
			buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
			registers,
		});
	}

	/** The recorder of one endpoint's calls: outcome (`ok` or a code) and milliseconds. */
	recorder(endpoint: string): (code: string, ms: number) => void {
		const seconds = this.#seconds.labels(endpoint);
		const known = new Map<string, { count: number }>();
		return (code, ms) => {
			let call = known.get(code);
			if (call === undefined) {
				const entry = { endpoint, code, count: 0 };
				this.#calls.set(`${endpoint} ${code}`, entry);
				known.set(code, entry);
				call = entry;
			}
			call.count++;
			seconds.observe(ms / 1000);
		};
	}
}
