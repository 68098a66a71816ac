import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, number, object, openChoice, optional, timestamp } from "../schema.js";
import { identifier, requestCounts } from "./records.js";

export const activitySpans = ["hour", "day", "month"] as const;

/**
 * Upper bounds, in milliseconds, of the buckets that requests are counted in by
 * their latency. One more bucket counts slower ones.
 */
export const latencyBoundsMs = [
	0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000,
] as const;

const longest = 5000;

const activity = {
	...requestCounts,
	latency: optional(
		object(
			{
				p50Ms: number({
					minimum: 0,
					maximum: longest,
					description: "Median latency in milliseconds.",
					example: 0.4,
				}),
				p95Ms: number({
					minimum: 0,
					maximum: longest,
					description: "95th percentile of the latency, in milliseconds.",
					example: 1.2,
				}),
			},
			{
				description: "Time in the server from a request's headers to its response. Absent without requests.",
			},
		),
	),
} as const;

export const getActivity = {
	name: "activity.get",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/activity",
	caller: "admin",
	scope: "usage.read",
	role: "viewer",
	idempotent: true,
	summary: "Get a workspace's requests and latency over the last hour, day or month",
	description: `Returns every point of the span, also those without requests; the last one is still running. Up to 5 seconds behind. Requests are counted as by \`usage.get\`, but each one once: an introspection counts for the key that sends it. Latency is stored as counts of requests within ${latencyBoundsMs.join(", ")} ms and more. A percentile is interpolated within its bucket, and is ${longest} for slower requests.`,
	params: object({ workspaceId: identifier }),
	query: object({
		span: optional(
			choice(activitySpans, {
				description:
					"`hour`: 60 points, one a minute. `day`: 24, one an hour. `month`: 30, one a UTC day. `day` when left out.",
			}),
		),
	}),
	status: 200,
	response: object({
		span: openChoice(activitySpans),
		from: timestamp(),
		to: timestamp({ description: "Exclusive." }),
		lastCallAt: optional(
			timestamp({
				description: `When the last counted request ended. Absent: none in ${limits.usageDays} days.`,
			}),
		),
		total: object(activity),
		points: list(
			object({
				at: timestamp({ description: "Start of its minute, hour or day." }),
				...activity,
			}),
			{ maxItems: 60 },
		),
	}),
	errors: ["not_found"],
} as const satisfies Endpoint;
