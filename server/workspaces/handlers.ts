import type { workspaceRecord } from "../../shared/endpoints/records.js";
import type { Infer } from "../../shared/schema.js";
import { mayManage, visibleWorkspace } from "../accounts/permissions.js";
import type { Domain } from "../domain.js";
import type { Handlers } from "../handler.js";
import { pageAnswer, pageRequest } from "../paging.js";
import { Problem } from "../problem.js";
import { isoTime } from "../timestamps.js";
import { changeWorkspace, createWorkspace, deleteWorkspace } from "./changeWorkspace.js";
import type { WorkspaceRecord } from "./workspace.js";

export function workspaceHandlers(
	domain: Domain,
): Pick<
	Handlers,
	"workspaces.create" | "workspaces.list" | "workspaces.get" | "workspaces.change" | "workspaces.delete"
> {
	const { workspaces } = domain.store;
	return {
		"workspaces.create": async ({ account, author }, { body }) => {
			if (!mayManage(account)) return new Problem("not_found");
			return workspaceAnswer(await createWorkspace(domain, body, author));
		},
		"workspaces.list": async ({ account }, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			if (!mayManage(account)) return { data: [] };
			return pageAnswer(await workspaces.list(page), workspaceAnswer);
		},
		"workspaces.get": async ({ account }, { params }) => {
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			return workspace instanceof Problem ? workspace : workspaceAnswer(workspace);
		},
		"workspaces.change": async ({ account, author }, { params, body }) => {
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const changed = await changeWorkspace(domain, workspace, body, author);
			return changed instanceof Problem ? changed : workspaceAnswer(changed);
		},
		"workspaces.delete": async ({ account, author }, { params }) => {
			const workspace = await visibleWorkspace(workspaces, account, params.workspaceId);
			return workspace instanceof Problem ? workspace : deleteWorkspace(domain, workspace, author);
		},
	};
}

function workspaceAnswer(workspace: WorkspaceRecord): Infer<typeof workspaceRecord> {
	return { ...workspace, createdAt: isoTime(workspace.createdAt), updatedAt: isoTime(workspace.updatedAt) };
}
