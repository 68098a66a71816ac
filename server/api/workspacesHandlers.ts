import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import { changeWorkspace, createWorkspace, deleteWorkspace } from "../workspaces/changeWorkspace.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { workspaceAnswer } from "./serializeWorkspace.js";

export function workspaceHandlers(
	domain: Domain,
): Pick<
	Handlers,
	"workspaces.create" | "workspaces.list" | "workspaces.get" | "workspaces.change" | "workspaces.delete"
> {
	const { workspaces, members } = domain.store;
	return {
		"workspaces.create": ({ author, once }, { body }) =>
			once(
				(workspace: WorkspaceRecord) => workspaceAnswer(workspace, "owner"),
				(keeping) => createWorkspace(domain, body, author, keeping),
			),
		"workspaces.list": async ({ account }, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			if (account.operator) {
				return pageAnswer(await workspaces.list(page), (workspace) => workspaceAnswer(workspace, "owner"));
			}
			return pageAnswer(await members.workspacesOf(account.id, page), (workspace) =>
				workspaceAnswer(workspace, workspace.role),
			);
		},
		"workspaces.get": async ({ access }, { params }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return workspaceAnswer(workspace, await access.roleIn(workspace.id));
		},
		"workspaces.change": async ({ access, author }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const changed = await changeWorkspace(domain, workspace, body, author);
			if (changed instanceof Problem) return changed;
			return workspaceAnswer(changed, await access.roleIn(workspace.id));
		},
		"workspaces.delete": async ({ access, author }, { params }) => {
			const workspace = await access.workspace(params.workspaceId);
			return workspace instanceof Problem ? workspace : deleteWorkspace(domain, workspace, author);
		},
	};
}
