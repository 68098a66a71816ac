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
	summary: "List a workspace's refused calls, the latest first",
	description: `Calls made with a token of the workspace and refused all the same; up to 5 seconds behind. The same refusal of the same key from the same place and address is one entry with a count. The latest ${limits.denialsPerWorkspace} are kept, for at most ${limits.usageDays} days. Calls without a good token belong to no workspace: the server's metrics count them.`,
	params: object({ workspaceId: identifier }),
	query: pageQuery,
	status: 200,
	response: object({ data: list(denialRecord, { maxItems: limits.pageSize }), nextCursor }),
	errors: ["not_found"],
} as const satisfies Endpoint;
