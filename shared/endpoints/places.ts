import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, clearable, list, object, optional, robloxId } from "../schema.js";
import { identifier, name, nextCursor, pageQuery, placeRecord } from "./records.js";

const workspaceParams = object({ workspaceId: identifier });
const placeParams = object({ workspaceId: identifier, placeId: robloxId() });
const status = choice(["active", "inactive"]);

export const listPlaces = {
	name: "places.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/places",
	caller: "admin",
	scope: "places.read",
	role: "viewer",
	idempotent: true,
	summary: "List a workspace's allowed places, newest first",
	params: workspaceParams,
	query: pageQuery,
	status: 200,
	response: object({ data: list(placeRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;

export const putPlace = {
	name: "places.put",
	method: "PUT",
	path: "/v1/workspaces/:workspaceId/places/:placeId",
	caller: "admin",
	scope: "places.write",
	role: "admin",
	idempotent: true,
	summary: "Allow a place, or replace its name and status",
	params: placeParams,
	body: object({ name: optional(name), status: optional(status) }),
	status: 200,
	response: placeRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const changePlace = {
	name: "places.change",
	method: "PATCH",
	path: "/v1/workspaces/:workspaceId/places/:placeId",
	caller: "admin",
	scope: "places.write",
	role: "admin",
	idempotent: true,
	summary: "Change a place",
	params: placeParams,
	body: object({ name: clearable(name), status: optional(status) }),
	status: 200,
	response: placeRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const deletePlace = {
	name: "places.delete",
	method: "DELETE",
	path: "/v1/workspaces/:workspaceId/places/:placeId",
	caller: "admin",
	scope: "places.write",
	role: "admin",
	idempotent: true,
	summary: "Remove a place from the allowed places",
	params: placeParams,
	status: 204,
	errors: ["not_found"],
} as const satisfies Endpoint;
