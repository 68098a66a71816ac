import { limits } from "../../../shared/limits.js";
import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import type { OneTimeLinkStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { oneTimeLinkRows, type Row } from "./rows.js";
import { findOne, insertInto } from "./statements.js";

export function sqliteOneTimeLinks(
	connection: Connection,
	writeAudit: WriteAudit,
	idempotency: IdempotencyRecordWriter,
): OneTimeLinkStore {
	const insert = insertInto(connection, "one_time_links", oneTimeLinkRows);
	const find = findOne(connection, "one_time_links", oneTimeLinkRows, ["digest"]);
	const obstacle = obstacleTo(connection);
	const endOthers = connection.prepare(
		"DELETE FROM one_time_links WHERE purpose = ? AND account_id IS ? AND workspace_id IS NULL",
	);
	const open = connection.prepare(`
		SELECT * FROM one_time_links WHERE workspace_id = ? AND expires_at > ? ORDER BY created_at DESC, id DESC`);
	const remove = connection.prepare("DELETE FROM one_time_links WHERE workspace_id = ? AND id = ?");
	const drop = connection.prepare(
		"DELETE FROM one_time_links WHERE id IN (SELECT id FROM one_time_links WHERE expires_at <= ? LIMIT ?)",
	);

	return {
		create: (link, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				const found = obstacle(link);
				if (found !== undefined) return found;
				if (link.purpose !== "invitation") endOthers.run(link.purpose, link.accountId ?? null);
				insert(link);
				writeAudit(audit);
				idempotency.keep(idempotencyWrite, link);
				return "created";
			}),
		findByDigest: (digest) => connection.read(() => find(digest)),
		invitations: (workspaceId, now) =>
			connection.read(() => (open.all(workspaceId, now) as Row[]).map(oneTimeLinkRows.record)),
		delete: (workspaceId, id, audit) =>
			connection.write(() => {
				if (remove.run(workspaceId, id).changes === 0) return "missing";
				writeAudit(audit);
				return "deleted";
			}),
		dropExpired: (now, limit) => connection.write(() => drop.run(now, limit).changes),
	};
}

/** What keeps a link from being made. */
function obstacleTo(connection: Connection) {
	const signsIn = connection.prepare("SELECT 1 FROM accounts WHERE password_hash IS NOT NULL LIMIT 1");
	const account = connection.prepare("SELECT 1 FROM accounts WHERE id = ?");
	const workspace = connection.prepare(`
		SELECT (SELECT count(*) FROM one_time_links WHERE workspace_id = workspaces.id AND expires_at > ?) AS held
		FROM workspaces WHERE id = ?`);
	return ({ purpose, workspaceId, accountId, createdAt }: OneTimeLinkRecord) => {
		if (purpose === "setup") return signsIn.get() === undefined ? undefined : "not_first";
		if (purpose === "reset")
			return account.get(accountId ?? null) === undefined ? "account_missing" : undefined;
		const row = workspace.get(createdAt, workspaceId ?? null) as { held: number } | undefined;
		if (row === undefined) return "workspace_missing";
		return row.held >= limits.invitationsPerWorkspace ? "limit_reached" : undefined;
	};
}

/** Looks a link up by its id and uses it up, inside the transaction of what it is used for. */
export function linkUse(connection: Connection) {
	const find = findOne(connection, "one_time_links", oneTimeLinkRows, ["id"]);
	const remove = connection.prepare("DELETE FROM one_time_links WHERE id = ?");
	const removeResets = connection.prepare("DELETE FROM one_time_links WHERE account_id = ?");
	return {
		find: (id: string): OneTimeLinkRecord | undefined => find(id),
		useUp: (id: string): void => {
			remove.run(id);
		},
		/** Ends the links that let somebody choose a password for the account. */
		endResets: (accountId: string): void => {
			removeResets.run(accountId);
		},
	};
}
