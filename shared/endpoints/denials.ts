import type { Endpoint } from "../endpoint.js";
import { limits } from "../limits.js";
import { list, object } from "../schema.js";
import { denialRecord, identifier, nextCursor, pageQuery } from "./records.js";

export const listDenials = {
	name: "denials.list",
	method: "GET",
	path: "/v1/workspaces/:workspaceId/denials",
	caller: "admin",
	scope: "denials.read",
	role: "viewer",
	idempotent: true,
	summary: "List a workspace's denied requests, latest first",
	description: `Requests with a token of the workspace that were denied; up to 5 seconds behind. Denials of one key with the same code, place and IP address are one entry with a count. The latest ${limits.denialsPerWorkspace} are kept, for at most ${limits.usageDays} days. Requests without a valid token belong to no workspace: the server's metrics count them.`,
	params: object({ workspaceId: identifier }),
	query: pageQuery,
	status: 200,
	response: object({ data: list(denialRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;
