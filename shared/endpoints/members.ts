import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { choice, list, object } from "../schema.js";
import { identifier, memberRecord, nextCursor, pageQuery, roles } from "./records.js";

const workspaceParams = object({ workspaceId: identifier });
const memberParams = object({ workspaceId: identifier, accountId: identifier });

export const listMembers = {
	name: "members.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/members",
	caller: "admin",
	scope: "members.read",
	role: "viewer",
	idempotent: true,
	summary: "List who belongs to a workspace, newest first",
	params: workspaceParams,
	query: pageQuery,
	status: 200,
	response: object({ data: list(memberRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;

export const changeMember = {
	name: "members.change",
	method: "PATCH",
	path: "/v1/workspaces/:workspaceId/members/:accountId",
	caller: "admin",
	scope: "members.write",
	role: "owner",
	idempotent: true,
	summary: "Change somebody's role",
	description: "The last owner of a workspace stays one.",
	params: memberParams,
	body: object({ role: choice(roles) }),
	status: 200,
	response: memberRecord,
	errors: ["not_found", "last_owner"],
} as const satisfies Endpoint;

export const removeMember = {
	name: "members.remove",
	method: "DELETE",
	path: "/v1/workspaces/:workspaceId/members/:accountId",
	caller: "admin",
	scope: "members.write",
	role: "viewer",
	idempotent: true,
	summary: "Remove somebody from a workspace, or leave it",
	description: "Owners may remove anyone, everybody may leave. The last owner cannot.",
	params: memberParams,
	status: 204,
	errors: ["not_found", "last_owner", "role_missing"],
} as const satisfies Endpoint;
