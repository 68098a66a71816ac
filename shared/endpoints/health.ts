import type { Endpoint } from "../endpoint.js";
import { literal, object } from "../schema.js";

export const live = {
	name: "health.live",
	method: "GET",
	path: "/livez",
	caller: "public",
	idempotent: true,
	summary: "Whether the process is up",
	status: 200,
	response: object({ status: literal("ok") }),
	errors: [],
} as const satisfies Endpoint;

export const ready = {
	name: "health.ready",
	method: "GET",
	path: "/readyz",
	caller: "public",
	idempotent: true,
	summary: "Whether the server can answer calls: database reachable, migrations done",
	status: 200,
	response: object({ status: literal("ok") }),
	errors: [],
} as const satisfies Endpoint;
