import type { EndpointOutput } from "@shared/endpoint.js";
import type { activitySpans, getActivity } from "@shared/endpoints/activity.js";

export type Activity = EndpointOutput<typeof getActivity>;
export type Span = (typeof activitySpans)[number];

/** Labels of the time ranges, and of one point of each. */
export const spanLabels = {
	hour: { label: "1 hour", range: "the last hour", point: "Minute" },
	day: { label: "24 hours", range: "the last 24 hours", point: "Hour" },
	month: { label: "30 days", range: "the last 30 days", point: "Day (UTC)" },
} as const satisfies { readonly [S in Span]: object };

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** The label of a point on the axis: in local time, but days are UTC days. */
export function pointLabel(span: Span, at: string): string {
	return (span === "month" ? date : clock).format(new Date(at));
}

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** "12,345". */
export function count(requests: number): string {
	return whole.format(requests);
}

/** "12.3K", for axes. */
export function shortCount(requests: number): string {
	return short.format(requests);
}

/** "0.42 ms", "130 ms", "1.2 s". */
export function duration(ms: number): string {
	return ms < 1000 ? `${digits.format(ms)}\u00a0ms` : `${digits.format(ms / 1000)}\u00a0s`;
}
