import type { Role } from "../../../shared/endpoint.js";
import { limits } from "../../../shared/limits.js";
import { includesRole, type MemberRecord } from "../../model/member.js";
import type { WorkspaceRecord } from "../../model/workspace.js";
import type { MemberStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import { linkUse } from "./oneTimeLinks.js";
import { type Mapping, memberRows, workspaceRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

const roledWorkspaceRows: Pick<Mapping<WorkspaceRecord & { readonly role: Role }>, "record"> = {
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
		rows: roledWorkspaceRows,
	});
	const accountExists = connection.prepare("SELECT 1 FROM accounts WHERE id = ?");
	const links = linkUse(connection);
	const room = remainingMemberSlots(connection);
	const isLastOwner = lastOwner(connection);

	return {
		find: (workspaceId, accountId) => connection.read(() => find(workspaceId, accountId)),
		list: (workspaceId, page) => connection.read(() => pages(page, workspaceId)),
		workspacesOf: (accountId, page) => connection.read(() => workspacesOf(page, accountId)),
		join: (member, linkId, audit) =>
			connection.write(() => {
				if (links.find(linkId) === undefined) return "link_used";
				if (accountExists.get(member.accountId) === undefined) return "workspace_missing";
				const before = find(member.workspaceId, member.accountId);
				const found = before === undefined ? room(member.workspaceId) : "room";
				if (found !== "room") return found;
				links.useUp(linkId);
				if (before === undefined) insert(member);
				else if (!includesRole(before.role, member.role)) update({ ...before, role: member.role });
				writeAudit(audit);
				return "joined";
			}),
		change: (workspaceId, accountId, role, audit) =>
			connection.write(() => {
				const before = find(workspaceId, accountId);
				if (before === undefined) return "missing";
				if (role !== "owner" && isLastOwner(before)) return "last_owner";
				const after = { ...before, role };
				update(after);
				writeAudit(audit);
				return after;
			}),
		remove: (workspaceId, accountId, audit) =>
			connection.write(() => {
				const member = find(workspaceId, accountId);
				if (member === undefined) return "missing";
				if (isLastOwner(member)) return "last_owner";
				remove.run(workspaceId, accountId);
				writeAudit(audit);
				return "removed";
			}),
	};
}

/** Whether the workspace exists and may have one more member. */
export function remainingMemberSlots(connection: Connection) {
	const statement = connection.prepare(`
		SELECT (SELECT count(*) FROM members WHERE workspace_id = workspaces.id) AS held
		FROM workspaces WHERE id = ?`);
	return (workspaceId: string): "workspace_missing" | "limit_reached" | "room" => {
		const row = statement.get(workspaceId) as { held: number } | undefined;
		if (row === undefined) return "workspace_missing";
		return row.held >= limits.membersPerWorkspace ? "limit_reached" : "room";
	};
}

/** Whether the member is an owner, and nobody else in the workspace is who can sign in. */
function lastOwner(connection: Connection): (member: MemberRecord) => boolean {
	const otherOwner = connection.prepare(`
		SELECT 1 FROM members JOIN accounts ON accounts.id = account_id
		WHERE workspace_id = ? AND role = 'owner' AND account_id <> ? AND disabled_at IS NULL LIMIT 1`);
	return ({ workspaceId, accountId, role }) =>
		role === "owner" && otherOwner.get(workspaceId, accountId) === undefined;
}
