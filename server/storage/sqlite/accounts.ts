import type { AccountRecord } from "../../model/account.js";
import {
	accountChangeObstacle,
	accountCreationObstacle,
	accountDeletionObstacle,
	endsResetLinks,
} from "../../model/accountRules.js";
import { applyChanges } from "../../model/applyChanges.js";
import { foldName } from "../../model/foldName.js";
import type { AccountStore, SessionReset } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import { countMembers } from "./members.js";
import { linkUse } from "./oneTimeLinks.js";
import { accountRows, memberRows } from "./rows.js";
import { sessionBeginner } from "./sessions.js";
import { otherOperator, signInCheck } from "./signInAccounts.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqliteAccounts(connection: Connection, writeAudit: WriteAudit): AccountStore {
	const find = findOne(connection, "accounts", accountRows, ["id"]);
	const findByName = findOne(connection, "accounts", accountRows, ["folded_name"]);
	const insert = insertInto(connection, "accounts", accountRows);
	const update = updateIn(connection, "accounts", accountRows, ["id"]);
	const pages = pagesOf(connection, { table: "accounts", rows: accountRows });
	const anyoneCanSignIn = signInCheck(connection);
	const insertMember = insertInto(connection, "members", memberRows);
	const membersOf = countMembers(connection);
	const links = linkUse(connection);
	const beginSession = sessionBeginner(connection);
	const resetSessions = sessionResetter(connection);
	const hasOtherOperator = otherOperator(connection);
	const isLastOwner = lastOwner(connection);
	const deleteAccount = deletion(connection);
	const isNameTaken = ({ id, name }: AccountRecord) => {
		const holder = findByName(foldName(name));
		return holder !== undefined && holder.id !== id;
	};

	return {
		findById: (id) => connection.read(() => find(id)),
		findByName: (name) => connection.read(() => findByName(foldName(name))),
		anyoneCanSignIn: () => connection.read(anyoneCanSignIn),
		list: (page) => connection.read(() => pages(page)),
		create: (account, { linkId, member, session }, audit) =>
			connection.write(() => {
				const obstacle = accountCreationObstacle({
					link: links.find(linkId),
					anyoneCanSignIn: anyoneCanSignIn(),
					nameTaken: isNameTaken(account),
					joining: member && { members: membersOf(member.workspaceId) },
				});
				if (obstacle !== undefined) return obstacle;
				links.useUp(linkId);
				insert(account);
				if (member !== undefined) insertMember(member);
				beginSession(session);
				writeAudit(audit);
				return "created";
			}),
		change: (id, changes, audit, { linkId, sessions } = {}) =>
			connection.write(() => {
				const before = find(id);
				if (before === undefined) return "missing";
				const after = applyChanges(before, changes);
				const obstacle = accountChangeObstacle(before, after, {
					linkUsed: linkId !== undefined && links.find(linkId) === undefined,
					nameTaken: isNameTaken(after),
					otherOperator: hasOtherOperator(id),
				});
				if (obstacle !== undefined) return obstacle;
				if (linkId !== undefined) links.useUp(linkId);
				if (endsResetLinks(before, after)) links.endResets(id);
				update(after);
				if (sessions !== undefined) resetSessions(id, sessions);
				writeAudit(audit);
				return find(id) ?? after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				const account = find(id);
				if (account === undefined) return "missing";
				const obstacle = accountDeletionObstacle(account, {
					otherOperator: hasOtherOperator(id),
					lastOwner: isLastOwner(id),
				});
				if (obstacle !== undefined) return obstacle;
				deleteAccount(id);
				writeAudit(audit);
				return "deleted";
			}),
	};
}

function sessionResetter(connection: Connection): (accountId: string, reset: SessionReset) => void {
	const endOthers = connection.prepare("DELETE FROM sessions WHERE account_id = ? AND id <> ?");
	const begin = sessionBeginner(connection);
	return (accountId, reset) => {
		endOthers.run(accountId, reset.keep ?? "");
		if (reset.begin !== undefined) begin(reset.begin);
	};
}

/** Whether the account is the last owner of any workspace, not counting owners whose account is disabled. */
function lastOwner(connection: Connection): (accountId: string) => boolean {
	const statement = connection.prepare(`
		SELECT 1 FROM members AS mine WHERE account_id = ? AND role = 'owner' AND NOT EXISTS (
			SELECT 1 FROM members AS other JOIN accounts ON accounts.id = other.account_id
			WHERE other.workspace_id = mine.workspace_id AND other.role = 'owner' AND other.account_id <> mine.account_id
				AND disabled_at IS NULL)
		LIMIT 1`);
	return (accountId) => statement.get(accountId) !== undefined;
}

/** Deletes an account with everything that belongs to it. */
function deletion(connection: Connection): (id: string) => void {
	const steps = [
		"INSERT INTO changes (type, id) SELECT 'key', id FROM keys WHERE account_id = ?",
		...["last_uses", "usage_hours", "quota_counters"].map(
			(table) => `DELETE FROM ${table} WHERE key_id IN (SELECT id FROM keys WHERE account_id = ?)`,
		),
		...["keys", "members", "sessions", "one_time_links"].map(
			(table) => `DELETE FROM ${table} WHERE account_id = ?`,
		),
		"DELETE FROM accounts WHERE id = ?",
	].map((sql) => connection.prepare(sql));
	return (id) => {
		for (const step of steps) step.run(id);
	};
}
