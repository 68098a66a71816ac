import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, number, object, openChoice, optional, timestamp } from "../schema.js";
import { callCounts, identifier } from "./records.js";

export const activitySpans = ["hour", "day", "month"] as const;

/**
 * Upper ends, in milliseconds, of the buckets that calls are counted in by how
 * long they took. One more bucket holds what took longer.
 */
export const latencyBoundsMs = [
	0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000,
] as const;

const longest = 5000;

const activity = {
	...callCounts,
	latency: optional(
		object(
			{
				p50Ms: number({
					minimum: 0,
					maximum: longest,
					description: "Half of the calls were answered within this many milliseconds.",
					example: 0.4,
				}),
				p95Ms: number({
					minimum: 0,
					maximum: longest,
					description: "95 of 100 calls were answered within this many milliseconds.",
					example: 1.2,
				}),
			},
			{ description: "From a call's headers to its answer, in the server. Absent where no call was." },
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
	summary: "Show a workspace's calls and how long they took, over the last hour, day or month",
	description: `Every point of the span is there, those without calls too; the last one is not over yet. Up to 5 seconds behind. Calls are counted as by \`usage.get\`, but each call once: an introspection is a call of the key that asks. Latency is kept as counts of calls within ${latencyBoundsMs.join(", ")} ms and more; a quantile is interpolated between the two ends of its bucket, and is ${longest} for what took longer.`,
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
				description: `When the last counted call was answered. Absent: none in ${limits.usageDays} days.`,
			}),
		),
		total: object(activity),
		points: list(
			object({
				at: timestamp({ description: "Where its minute, hour or day begins." }),
				...activity,
			}),
			{ maxItems: 60 },
		),
	}),
	errors: ["not_found"],
} as const satisfies Endpoint;
