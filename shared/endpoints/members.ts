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
	summary: "List a workspace's members, newest first",
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
	summary: "Change a member's role",
	description: "The last owner of a workspace must remain an owner.",
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
	summary: "Remove a member from a workspace, or leave it",
	description: "Owners can remove anyone, and everybody can leave, except the last owner.",
	params: memberParams,
	status: 204,
	errors: ["not_found", "last_owner", "role_missing"],
} as const satisfies Endpoint;
