import type { Role } from "../../../shared/endpoint.js";
import { joinObstacle, memberChangeObstacle, roleAfterJoining } from "../../model/memberRules.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import type { MemberStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import { linkUse } from "./oneTimeLinks.js";
import { type Mapping, memberRows, workspaceRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

const workspaceWithRoleRows: Pick<Mapping<WorkspaceRecord & { readonly role: Role }>, "record"> = {
	record: (row) => ({ ...workspaceRows.record(row), role: row.role as Role }),
};

export function sqliteMembers(connection: Connection, writeAudit: WriteAudit): MemberStore {
	const find = findOne(connection, "members", memberRows, ["workspace_id", "account_id"]);
	const insert = insertInto(connection, "members", memberRows);
	const update = updateIn(connection, "members", memberRows, ["workspace_id", "account_id"]);
	const remove = connection.prepare("DELETE FROM members WHERE workspace_id = ? AND account_id = ?");
	const pages = pagesOf(connection, {
		table: "members",
		where: "workspace_id = ?",
		id: "account_id",
		rows: memberRows,
	});
	const workspacesOf = pagesOf(connection, {
		table: `(SELECT workspaces.*, account_id, role FROM members JOIN workspaces ON workspaces.id = workspace_id)`,
		where: "account_id = ?",
		rows: workspaceWithRoleRows,
	});
	const accountExists = connection.prepare("SELECT 1 FROM accounts WHERE id = ?");
	const links = linkUse(connection);
	const membersOf = countMembers(connection);
	const hasOtherOwner = otherOwner(connection);

	return {
		find: (workspaceId, accountId) => connection.read(() => find(workspaceId, accountId)),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		workspacesOf: (accountId, page) => connection.read(() => workspacesOf(page, accountId)),
		join: (member, linkId, audit) =>
			connection.write(() => {
				const existing = find(member.workspaceId, member.accountId);
				const obstacle = joinObstacle({
					linkUsed: links.find(linkId) === undefined,
					accountExists: accountExists.get(member.accountId) !== undefined,
					existing,
					members: membersOf(member.workspaceId),
				});
				if (obstacle !== undefined) return obstacle;
				links.useUp(linkId);
				if (existing === undefined) insert(member);
				else update({ ...existing, role: roleAfterJoining(existing.role, member.role) });
				writeAudit(audit);
				return "joined";
			}),
		change: (workspaceId, accountId, role, audit) =>
			connection.write(() => {
				const before = find(workspaceId, accountId);
				if (before === undefined) return "missing";
				const obstacle = memberChangeObstacle(before, hasOtherOwner(workspaceId, accountId), role);
				if (obstacle !== undefined) return obstacle;
				const after = { ...before, role };
				update(after);
				writeAudit(audit);
				return after;
			}),
		remove: (workspaceId, accountId, audit) =>
			connection.write(() => {
				const member = find(workspaceId, accountId);
				if (member === undefined) return "missing";
				const obstacle = memberChangeObstacle(member, hasOtherOwner(workspaceId, accountId));
				if (obstacle !== undefined) return obstacle;
				remove.run(workspaceId, accountId);
				writeAudit(audit);
				return "removed";
			}),
	};
}

/** How many members a workspace has; undefined when it does not exist. */
export function countMembers(connection: Connection): (workspaceId: string) => number | undefined {
	const statement = connection.prepare(`
		SELECT (SELECT count(*) FROM members WHERE workspace_id = workspaces.id) AS members
		FROM workspaces WHERE id = ?`);
	return (workspaceId) => (statement.get(workspaceId) as { members: number } | undefined)?.members;
}

/** Whether the workspace has an owner other than this account whose account is not disabled. */
function otherOwner(connection: Connection): (workspaceId: string, accountId: string) => boolean {
	const statement = connection.prepare(`
		SELECT 1 FROM members JOIN accounts ON accounts.id = account_id
		WHERE workspace_id = ? AND role = 'owner' AND account_id <> ? AND disabled_at IS NULL LIMIT 1`);
	return (workspaceId, accountId) => statement.get(workspaceId, accountId) !== undefined;
}
