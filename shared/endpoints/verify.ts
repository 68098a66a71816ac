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
	summary: "Verify a key for a place",
	description:
		"The request that game servers send. Roblox adds the Roblox-Id header; every field of the body is optional.",
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
					description: "Present when the token was rotated: it is valid until then.",
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
			description: "For how many seconds the response may be relied on without verifying again.",
		}),
		serverTime: timestamp(),
	}),
	errors: [],
} as const satisfies Endpoint;
