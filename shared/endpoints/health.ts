import type { Endpoint } from "../endpoint.js";
import { literal, object, optional, text } from "../schema.js";

export const live = {
	name: "health.live",
	method: "GET",
	path: "/livez",
	caller: "public",
	idempotent: true,
	summary: "Check whether the server is running",
	query: object({
		challenge: optional(
			text({
				minLength: 16,
				maxLength: 64,
				description:
					"Any text. The response then contains `proof`, by which an operator recognises their own server.",
			}),
		),
	}),
	status: 200,
	response: object({
		status: literal("ok"),
		proof: optional(
			text({
				maxLength: 64,
				description: "HMAC-SHA256 of the challenge, under a key that only this server's operator has.",
			}),
		),
	}),
	errors: ["validation_failed"],
} as const satisfies Endpoint;

export const ready = {
	name: "health.ready",
	method: "GET",
	path: "/readyz",
	caller: "public",
	idempotent: true,
	summary: "Check whether the server is ready: database reachable, migrations done",
	status: 200,
	response: object({ status: literal("ok") }),
	errors: [],
} as const satisfies Endpoint;
