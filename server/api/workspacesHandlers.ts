import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import type { WorkspaceRecord } from "../model/workspace.js";
import { changeWorkspace, createWorkspace, deleteWorkspace } from "../workspaces/changeWorkspace.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializeWorkspace } from "./serializeWorkspace.js";

export function workspaceHandlers(
	services: Services,
): Pick<
	Handlers,
	"workspaces.create" | "workspaces.list" | "workspaces.get" | "workspaces.change" | "workspaces.delete"
> {
	const { workspaces, members } = services.store;
	return {
		"workspaces.create": ({ auditContext, runIdempotent }, { body }) =>
			runIdempotent(
				(workspace: WorkspaceRecord) => serializeWorkspace(workspace, "owner"),
				(idempotencyWrite) => createWorkspace(services, body, auditContext, idempotencyWrite),
			),
		"workspaces.list": async ({ account }, { query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			if (account.operator) {
				return serializePage(await workspaces.list(page), (workspace) =>
					serializeWorkspace(workspace, "owner"),
				);
			}
			return serializePage(await members.workspacesOf(account.id, page), (workspace) =>
				serializeWorkspace(workspace, workspace.role),
			);
		},
		"workspaces.get": async ({ access }, { params }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			return serializeWorkspace(workspace, await access.roleIn(workspace.id));
		},
		"workspaces.change": async ({ access, auditContext }, { params, body }) => {
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const changed = await changeWorkspace(services, workspace, body, auditContext);
			if (changed instanceof Problem) return changed;
			return serializeWorkspace(changed, await access.roleIn(workspace.id));
		},
		"workspaces.delete": async ({ access, auditContext }, { params }) => {
			const workspace = await access.workspace(params.workspaceId);
			return workspace instanceof Problem ? workspace : deleteWorkspace(services, workspace, auditContext);
		},
	};
}
