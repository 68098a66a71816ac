import { limits } from "../../../shared/limits.js";
import { canBeginSession } from "../../model/accountRules.js";
import type { SessionRecord } from "../../model/session.js";
import type { SessionStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import { accountRows, type Row, sessionRows } from "./rows.js";
import { findOne, insertInto } from "./statements.js";

export function sqliteSessions(connection: Connection, writeAudit: WriteAudit): SessionStore {
	const begin = sessionBeginner(connection);
	const findAccount = findOne(connection, "accounts", accountRows, ["id"]);
	const find = findOne(connection, "sessions", sessionRows, ["digest"]);
	const ofAccount = connection.prepare(
		"SELECT * FROM sessions WHERE account_id = ? ORDER BY created_at DESC, id DESC",
	);
	const touch = connection.prepare(
		"UPDATE sessions SET last_seen_at = ?1 WHERE id = ?2 AND last_seen_at < ?1",
	);
	const remove = connection.prepare("DELETE FROM sessions WHERE account_id = ? AND id = ?");
	const deleteEnded = connection.prepare(`
		DELETE FROM sessions WHERE id IN (
			SELECT id FROM sessions WHERE expires_at <= ? OR last_seen_at < ? LIMIT ?)`);

	return {
		begin: (session, audit, passwordHash) =>
			connection.write(() => {
				if (!canBeginSession(findAccount(session.accountId), passwordHash)) return false;
				begin(session);
				writeAudit(audit);
				return true;
			}),
		findByDigest: (digest) => connection.read(() => find(digest)),
		touch: (id, at) =>
			connection.write(() => {
				touch.run(at, id);
			}),
		listOf: (accountId) => connection.read(() => (ofAccount.all(accountId) as Row[]).map(sessionRows.record)),
		end: (accountId, id, audit) =>
			connection.write(() => {
				if (remove.run(accountId, id).changes === 0) return false;
				writeAudit(audit);
				return true;
			}),
		deleteEnded: (expiredBy, seenBefore, limit) =>
			connection.write(() => deleteEnded.run(expiredBy, seenBefore, limit).changes),
	};
}

/** Begins a session of an existing account, inside a transaction. */
export function sessionBeginner(connection: Connection): (session: SessionRecord) => void {
	const insert = insertInto(connection, "sessions", sessionRows);
	const endOldest = connection.prepare(`
		DELETE FROM sessions WHERE id IN (
			SELECT id FROM sessions WHERE account_id = ? ORDER BY created_at DESC, id DESC
			LIMIT -1 OFFSET ${limits.sessionsPerAccount - 1})`);
	const setLastSignIn = connection.prepare(
		"UPDATE accounts SET last_sign_in_at = max(coalesce(last_sign_in_at, 0), ?) WHERE id = ?",
	);
	return (session) => {
		endOldest.run(session.accountId);
		insert(session);
		setLastSignIn.run(session.createdAt, session.accountId);
	};
}
