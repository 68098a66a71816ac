import { roleMissing } from "../accounts/access.js";
import { changeMember, removeMember } from "../accounts/changeMember.js";
import type { Services } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { roleEscalation } from "../keys/escalation.js";
import { includesRole, withListPosition } from "../model/member.js";
import type { Handlers } from "./handler.js";
import { pageRequest, serializePage } from "./paging.js";
import { serializeMember } from "./serializeAccount.js";

type MemberHandlers = Pick<Handlers, "members.list" | "members.change" | "members.remove">;

/** A workspace's members. */
export function memberHandlers(services: Services): MemberHandlers {
	const { members, accounts } = services.store;
	return {
		"members.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await members.list(workspace.id, page);
			const records = await Promise.all(
				found.records.map(async (member) => ({
					...withListPosition(member),
					response: await serializeMember(accounts, member),
				})),
			);
			return serializePage({ ...found, records }, ({ response }) => response);
		},
		"members.change": async (
			{ access, auditContext, actingKey },
			{ params: { workspaceId, accountId }, body: { role } },
		) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			const now = await members.find(workspaceId, accountId);
			const problem = now && includesRole(now.role, role) ? undefined : roleEscalation(actingKey, role);
			if (problem !== undefined) return problem;
			const changed = await changeMember(services, workspaceId, accountId, role, auditContext);
			if (changed instanceof Problem) return changed;
			return serializeMember(accounts, changed);
		},
		"members.remove": async ({ access, account, auditContext }, { params: { workspaceId, accountId } }) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			if (accountId !== account.id && (await access.roleIn(workspaceId)) !== "owner")
				return roleMissing("owner");
			return removeMember(services, workspaceId, accountId, auditContext);
		},
	};
}
