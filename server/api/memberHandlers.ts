import { roleMissing } from "../accounts/access.js";
import { changeMember, removeMember } from "../accounts/changeMember.js";
import type { Domain } from "../core/context.js";
import { Problem } from "../core/problem.js";
import { refuseRole } from "../keys/keyRules.js";
import { includesRole, positioned } from "../model/member.js";
import type { Handlers } from "./handler.js";
import { pageAnswer, pageRequest } from "./paging.js";
import { memberAnswer } from "./serializeAccount.js";

type MemberHandlers = Pick<Handlers, "members.list" | "members.change" | "members.remove">;

/** Who belongs to a workspace. */
export function memberHandlers(domain: Domain): MemberHandlers {
	const { members, accounts } = domain.store;
	return {
		"members.list": async ({ access }, { params, query }) => {
			const page = pageRequest(query);
			if (page instanceof Problem) return page;
			const workspace = await access.workspace(params.workspaceId);
			if (workspace instanceof Problem) return workspace;
			const found = await members.list(workspace.id, page);
			const records = await Promise.all(
				found.records.map(async (member) => ({
					...positioned(member),
					answer: await memberAnswer(accounts, member),
				})),
			);
			return pageAnswer({ ...found, records }, ({ answer }) => answer);
		},
		"members.change": async (
			{ access, author, granting },
			{ params: { workspaceId, accountId }, body: { role } },
		) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			const now = await members.find(workspaceId, accountId);
			const refusal = now && includesRole(now.role, role) ? undefined : refuseRole(granting, role);
			if (refusal !== undefined) return refusal;
			const changed = await changeMember(domain, workspaceId, accountId, role, author);
			if (changed instanceof Problem) return changed;
			return memberAnswer(accounts, changed);
		},
		"members.remove": async ({ access, account, author }, { params: { workspaceId, accountId } }) => {
			const workspace = await access.workspace(workspaceId);
			if (workspace instanceof Problem) return workspace;
			if (accountId !== account.id && (await access.roleIn(workspaceId)) !== "owner")
				return roleMissing("owner");
			return removeMember(domain, workspaceId, accountId, author);
		},
	};
}
