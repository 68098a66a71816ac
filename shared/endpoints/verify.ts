import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { integer, list, object, openChoice, optional, robloxId, text, timestamp } from "../schema.js";
import { identifier, placeProofs } from "./records.js";

export const verify = {
	name: "verify",
	method: "POST",
	path: "/v1/verify",
	caller: "game",
	idempotent: true,
	summary: "Ask whether this key is good in this place",
	description:
		"The call a whole fleet of game servers makes. Roblox adds the Roblox-Id header by itself; every field of the body may be left out.",
	body: object({
		placeId: optional(robloxId({ description: "game.PlaceId", example: "123456" })),
		universeId: optional(robloxId({ description: "game.GameId" })),
		jobId: optional(text({ maxLength: 100, description: "game.JobId" })),
		placeVersion: optional(
			integer({ minimum: 0, maximum: 9_007_199_254_740_991, description: "game.PlaceVersion" }),
		),
	}),
	status: 200,
	response: object({
		workspace: object({ id: identifier, name: text({ maxLength: limits.nameLength }) }),
		key: object({
			id: identifier,
			name: text({ maxLength: limits.nameLength }),
			scopes: list(text({ maxLength: 64 }), { maxItems: limits.scopesPerKey }),
			expiresAt: optional(timestamp()),
			rotateBy: optional(
				timestamp({
					description:
						"There when the caller still uses a token that was rotated out: until when it is honoured.",
				}),
			),
		}),
		place: object({
			id: robloxId(),
			name: optional(text({ maxLength: limits.nameLength })),
			proof: openChoice(placeProofs),
		}),
		cacheSeconds: integer({
			minimum: 0,
			maximum: 86_400,
			description: "For how many seconds the caller may rely on this answer without asking again.",
		}),
		serverTime: timestamp(),
	}),
	errors: [],
} as const satisfies Endpoint;
