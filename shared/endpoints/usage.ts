import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object, openChoice, optional, text, timestamp } from "../schema.js";
import { callCounts, identifier } from "./records.js";

const buckets = ["hour", "day"] as const;

export const getUsage = {
	name: "usage.get",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/usage",
	caller: "admin",
	scope: "usage.read",
	role: "viewer",
	idempotent: true,
	summary: "Count a workspace's calls, verified and refused, by hour or day and by key",
	description: `Counted per hour and UTC day, up to 5 seconds behind, kept for ${limits.usageDays} days. Buckets without calls are left out.`,
	params: object({ workspaceId: identifier }),
	query: object({
		bucket: optional(choice(buckets, { description: "`day` when left out; days are UTC." })),
		from: optional(
			timestamp({
				description:
					"Taken back to where its bucket begins. Left out: a day before `to` by the hour, 30 by the day.",
			}),
		),
		to: optional(
			timestamp({
				description: `Taken on to where its bucket ends; now when left out. At most ${limits.usageDaysByHour} days after \`from\` by the hour, ${limits.usageDays} by the day.`,
			}),
		),
		keyId: optional(text({ minLength: 1, maxLength: 64, description: "Only the calls of this key." })),
	}),
	status: 200,
	response: object({
		bucket: openChoice(buckets),
		from: timestamp(),
		to: timestamp({ description: "Exclusive." }),
		total: object(callCounts),
		buckets: list(object({ at: timestamp({ description: "Where it begins." }), ...callCounts }), {
			maxItems: 2_500,
		}),
		keys: optional(
			list(object({ keyId: identifier, ...callCounts }), {
				maxItems: limits.keysPerUsage,
				description: `By the day and without \`keyId\`: the sums of each key, those with the most calls first, at most ${limits.keysPerUsage}. Deleted keys stay in them.`,
			}),
		),
	}),
	errors: ["not_found"],
} as const satisfies Endpoint;
