import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, clearable, integer, list, object, optional } from "../schema.js";
import { identifier, name, nextCursor, pageQuery, placeProof, workspaceRecord } from "./records.js";

const workspaceParams = object({ workspaceId: identifier });

const idleDays = integer({
	minimum: 1,
	maximum: 3650,
	description:
		"Keys that are unused for this many days stop working until they are rotated or this is raised.",
});
const maxKeys = integer({
	minimum: 1,
	maximum: 100_000,
	description: "Maximum number of keys that are not revoked.",
});

export const createWorkspace = {
	name: "workspaces.create",
	method: "POST",
	path: "/v1/workspaces",
	caller: "admin",
	scope: "workspaces.write",
	role: "operator",
	idempotent: false,
	takesIdempotencyKey: true,
	summary: "Create a workspace",
	body: object({
		name,
		placeProof: optional(placeProof),
		idleDays: optional(idleDays),
		maxKeys: optional(maxKeys),
	}),
	status: 201,
	location: "/v1/workspaces/:id",
	response: workspaceRecord,
	errors: [],
} as const satisfies Endpoint;

export const listWorkspaces = {
	name: "workspaces.list",
	method: "GET",
	path: "/v1/workspaces",
	caller: "admin",
	scope: "workspaces.read",
	idempotent: true,
	summary: "List workspaces, newest first",
	query: pageQuery,
	status: 200,
	response: object({ data: list(workspaceRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: [],
} as const satisfies Endpoint;

export const getWorkspace = {
	name: "workspaces.get",
	method: "GET",
	path: "/v1/workspaces/:workspaceId",
	caller: "admin",
	scope: "workspaces.read",
	role: "viewer",
	idempotent: true,
	summary: "Get a workspace",
	params: workspaceParams,
	status: 200,
	response: workspaceRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const changeWorkspace = {
	name: "workspaces.change",
	method: "PATCH",
	path: "/v1/workspaces/:workspaceId",
	caller: "admin",
	scope: "workspaces.write",
	role: "owner",
	idempotent: true,
	summary: "Change a workspace",
	description: "Omitted fields do not change; null clears a field that can be cleared.",
	params: workspaceParams,
	body: object({
		name: optional(name),
		status: optional(choice(["active", "suspended"])),
		placeProof: clearable(placeProof),
		idleDays: clearable(idleDays),
		maxKeys: optional(maxKeys),
	}),
	status: 200,
	response: workspaceRecord,
	errors: ["not_found"],
} as const satisfies Endpoint;

export const deleteWorkspace = {
	name: "workspaces.delete",
	method: "DELETE",
	path: "/v1/workspaces/:workspaceId",
	caller: "admin",
	scope: "workspaces.write",
	role: "owner",
	idempotent: true,
	summary: "Delete a workspace with its places and revoked keys",
	description:
		"Fails while the workspace has keys that are not revoked, so that no game loses access unexpectedly.",
	params: workspaceParams,
	status: 204,
	errors: ["not_found", "workspace_has_keys"],
} as const satisfies Endpoint;
