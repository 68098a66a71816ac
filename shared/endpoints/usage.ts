import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object, openChoice, optional, text, timestamp } from "../schema.js";
import { identifier, requestCounts } from "./records.js";

const buckets = ["hour", "day"] as const;

export const getUsage = {
	name: "usage.get",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/usage",
	caller: "admin",
	scope: "usage.read",
	role: "viewer",
	idempotent: true,
	summary: "Count a workspace's requests, verified and denied, by hour or day and by key",
	description: `Counted by hour and UTC day, up to 5 seconds behind, kept for ${limits.usageDays} days. Buckets without requests are left out.`,
	params: object({ workspaceId: identifier }),
	query: object({
		bucket: optional(choice(buckets, { description: "Default `day`; days are UTC." })),
		from: optional(
			timestamp({
				description:
					"Rounded down to the start of its bucket. Default: one day before `to` by the hour, 30 days by the day.",
			}),
		),
		to: optional(
			timestamp({
				description: `Rounded up to the end of its bucket. Default: now. At most ${limits.usageDaysByHour} days after \`from\` by the hour, ${limits.usageDays} by the day.`,
			}),
		),
		keyId: optional(text({ minLength: 1, maxLength: 64, description: "Only requests with this key." })),
	}),
	status: 200,
	response: object({
		bucket: openChoice(buckets),
		from: timestamp(),
		to: timestamp({ description: "Exclusive." }),
		total: object(requestCounts),
		buckets: list(object({ at: timestamp({ description: "Its start." }), ...requestCounts }), {
			maxItems: 2_500,
		}),
		keys: optional(
			list(object({ keyId: identifier, ...requestCounts }), {
				maxItems: limits.keysPerUsage,
				description: `By the day and without \`keyId\`: the sums of each key, busiest first, at most ${limits.keysPerUsage}. Deleted keys are included.`,
			}),
		),
	}),
	errors: ["not_found"],
} as const satisfies Endpoint;
