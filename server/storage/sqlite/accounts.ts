import type { AccountRecord } from "../../model/account.js";
import { applyChanges } from "../../model/applyChanges.js";
import { canSignInAsOperator } from "../../model/canSignInAsOperator.js";
import { foldName } from "../../model/foldName.js";
import type { AccountStore, SessionsAfter } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import { remainingMemberSlots } from "./members.js";
import { linkUse } from "./oneTimeLinks.js";
import { accountRows, memberRows } from "./rows.js";
import { sessionBeginner } from "./sessions.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";

export function sqliteAccounts(connection: Connection, writeAudit: WriteAudit): AccountStore {
	const find = findOne(connection, "accounts", accountRows, ["id"]);
	const findByName = findOne(connection, "accounts", accountRows, ["folded_name"]);
	const insert = insertInto(connection, "accounts", accountRows);
	const update = updateIn(connection, "accounts", accountRows, ["id"]);
	const pages = pagesOf(connection, { table: "accounts", rows: accountRows });
	const signsIn = connection.prepare("SELECT 1 FROM accounts WHERE password_hash IS NOT NULL LIMIT 1");
	const insertMember = insertInto(connection, "members", memberRows);
	const room = remainingMemberSlots(connection);
	const links = linkUse(connection);
	const beginSession = sessionBeginner(connection);
	const changeSessions = sessionChanger(connection);
	const isLastOperator = lastOperator(connection);
	const isLastOwner = lastOwner(connection);
	const deleteAccount = deletion(connection);
	const nameTaken = ({ id, name }: AccountRecord) => {
		const holder = findByName(foldName(name));
		return holder !== undefined && holder.id !== id;
	};

	return {
		findById: (id) => connection.read(() => find(id)),
		findByName: (name) => connection.read(() => findByName(foldName(name))),
		anySignsIn: () => connection.read(() => signsIn.get() !== undefined),
		list: (page) => connection.read(() => pages(page)),
		create: (account, { linkId, member, session }, audit) =>
			connection.write(() => {
				const link = links.find(linkId);
				if (link === undefined) return "link_used";
				if (link.purpose === "setup" && signsIn.get() !== undefined) return "not_first";
				const found = member === undefined ? "room" : room(member.workspaceId);
				if (found === "workspace_missing") return found;
				if (nameTaken(account)) return "name_taken";
				if (found === "limit_reached") return found;
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
				if (linkId !== undefined && links.find(linkId) === undefined) return "link_used";
				const after = applyChanges(before, changes);
				if (nameTaken(after)) return "name_taken";
				if (!canSignInAsOperator(after) && isLastOperator(before)) return "last_operator";
				if (linkId !== undefined) links.useUp(linkId);
				if (after.passwordHash !== before.passwordHash) links.endResets(id);
				update(after);
				if (sessions !== undefined) changeSessions(id, sessions);
				writeAudit(audit);
				return find(id) ?? after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				const account = find(id);
				if (account === undefined) return "missing";
				if (isLastOperator(account)) return "last_operator";
				if (isLastOwner(id)) return "last_owner";
				deleteAccount(id);
				writeAudit(audit);
				return "deleted";
			}),
	};
}

function sessionChanger(connection: Connection): (accountId: string, after: SessionsAfter) => void {
	const endOthers = connection.prepare("DELETE FROM sessions WHERE account_id = ? AND id <> ?");
	const begin = sessionBeginner(connection);
	return (accountId, after) => {
		endOthers.run(accountId, after.keep ?? "");
		if (after.begin !== undefined) begin(after.begin);
	};
}

/** Whether somebody signs in as an operator with this account, and with no other. */
function lastOperator(connection: Connection): (account: AccountRecord) => boolean {
	const other = connection.prepare(`
		SELECT 1 FROM accounts
		WHERE operator = 1 AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> ? LIMIT 1`);
	return (account) => canSignInAsOperator(account) && other.get(account.id) === undefined;
}

/** Whether a workspace has the account as its owner, and no other. */
function lastOwner(connection: Connection): (accountId: string) => boolean {
	const statement = connection.prepare(`
		SELECT 1 FROM members AS mine WHERE account_id = ? AND role = 'owner' AND NOT EXISTS (
			SELECT 1 FROM members AS other JOIN accounts ON accounts.id = other.account_id
			WHERE other.workspace_id = mine.workspace_id AND other.role = 'owner' AND other.account_id <> mine.account_id
				AND disabled_at IS NULL)
		LIMIT 1`);
	return (accountId) => statement.get(accountId) !== undefined;
}

/** Deletes an account with all that is its own. */
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
