import type { EndpointOutput } from "../../shared/endpoint.js";
import type { activitySpans, getActivity } from "../../shared/endpoints/activity.js";
import type { Activity } from "../model/activity.js";
import { addLatency, emptyLatency, latencyQuantile } from "../model/latency.js";
import { dayMs, hourMs, minuteMs } from "../model/spans.js";
import { isoTime, optionalIsoTime } from "../primitives/timestamps.js";
import type { ActivityStore } from "../store/store.js";

type Span = (typeof activitySpans)[number];
type Report = EndpointOutput<typeof getActivity>;

/** How many points a span has, how long each is in milliseconds, and which counts it is summed up from. */
const spans = {
	hour: { points: 60, step: minuteMs, source: "minutes" },
	day: { points: 24, step: hourMs, source: "hours" },
	month: { points: 30, step: dayMs, source: "hours" },
} as const satisfies { readonly [S in Span]: object };

/** The activity of a workspace in the span that ends with the current minute, hour or UTC day. */
export async function activityReport(
	activity: ActivityStore,
	workspaceId: string,
	span: Span,
	now: number,
): Promise<Report> {
	const { points, step, source } = spans[span];
	const to = now - (now % step) + step;
	const from = to - points * step;
	const [found, lastCallAt] = await Promise.all([
		activity[source](workspaceId, from, to),
		activity.lastCallAt(workspaceId),
	]);
	const total = new Sum();
	const sums = Array.from({ length: points }, () => new Sum());
	for (const each of found) {
		total.add(each);
		sums[Math.floor((each.start - from) / step)]?.add(each);
	}
	return {
		span,
		from: isoTime(from),
		to: isoTime(to),
		lastCallAt: optionalIsoTime(lastCallAt),
		total: total.serialize(),
		points: sums.map((sum, index) => ({ at: isoTime(from + index * step), ...sum.serialize() })),
	};
}

class Sum {
	#verified = 0;
	#denied = 0;
	readonly #latency = emptyLatency();

	add({ verified, refused, latency }: Activity): void {
		this.#verified += verified;
		this.#denied += refused;
		addLatency(this.#latency, latency);
	}

	serialize(): Report["total"] {
		const [p50Ms, p95Ms] = [latencyQuantile(this.#latency, 0.5), latencyQuantile(this.#latency, 0.95)];
		const latency = p50Ms === undefined || p95Ms === undefined ? undefined : { p50Ms, p95Ms };
		return { verified: this.#verified, denied: this.#denied, latency };
	}
}
