import type { OneTimeLinkRecord } from "../../model/oneTimeLink.js";
import { endsEarlierLinks, linkCreationObstacle, type NewLinkFacts } from "../../model/oneTimeLinkRules.js";
import type { OneTimeLinkStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { oneTimeLinkRows, type Row } from "./rows.js";
import { signInCheck } from "./signInAccounts.js";
import { findOne, insertInto } from "./statements.js";

export function sqliteOneTimeLinks(
	connection: Connection,
	writeAudit: WriteAudit,
	idempotency: IdempotencyRecordWriter,
): OneTimeLinkStore {
	const insert = insertInto(connection, "one_time_links", oneTimeLinkRows);
	const find = findOne(connection, "one_time_links", oneTimeLinkRows, ["digest"]);
	const factsFor = factsReader(connection);
	const endEarlier = connection.prepare(
		"DELETE FROM one_time_links WHERE purpose = ? AND account_id IS ? AND workspace_id IS NULL",
	);
	const open = connection.prepare(`
		SELECT * FROM one_time_links WHERE workspace_id = ? AND expires_at > ? ORDER BY created_at DESC, id DESC`);
	const remove = connection.prepare("DELETE FROM one_time_links WHERE workspace_id = ? AND id = ?");
	const deleteExpired = connection.prepare(
		"DELETE FROM one_time_links WHERE id IN (SELECT id FROM one_time_links WHERE expires_at <= ? LIMIT ?)",
	);

	return {
		create: (link, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				const obstacle = linkCreationObstacle(factsFor(link));
				if (obstacle !== undefined) return obstacle;
				if (endsEarlierLinks(link)) endEarlier.run(link.purpose, link.accountId ?? null);
				insert(link);
				writeAudit(audit);
				idempotency.write(idempotencyWrite, link);
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
		deleteExpired: (now, limit) => connection.write(() => deleteExpired.run(now, limit).changes),
	};
}

function factsReader(connection: Connection): (link: OneTimeLinkRecord) => NewLinkFacts {
	const anyoneCanSignIn = signInCheck(connection);
	const account = connection.prepare("SELECT 1 FROM accounts WHERE id = ?");
	const workspace = connection.prepare(`
		SELECT (SELECT count(*) FROM one_time_links WHERE workspace_id = workspaces.id AND expires_at > ?) AS open
		FROM workspaces WHERE id = ?`);
	return ({ purpose, workspaceId, accountId, createdAt }) => {
		switch (purpose) {
			case "setup":
				return { purpose, anyoneCanSignIn: anyoneCanSignIn() };
			case "reset":
				return { purpose, accountExists: account.get(accountId ?? null) !== undefined };
			case "invitation": {
				const row = workspace.get(createdAt, workspaceId ?? null) as { open: number } | undefined;
				return { purpose, open: row?.open };
			}
		}
	};
}

/** Looks a link up by its ID and uses it up, inside the transaction of the change it is for. */
export function linkUse(connection: Connection) {
	const find = findOne(connection, "one_time_links", oneTimeLinkRows, ["id"]);
	const remove = connection.prepare("DELETE FROM one_time_links WHERE id = ?");
	const removeResets = connection.prepare("DELETE FROM one_time_links WHERE account_id = ?");
	return {
		find: (id: string): OneTimeLinkRecord | undefined => find(id),
		useUp: (id: string): void => {
			remove.run(id);
		},
		/** Ends the account's open reset links. */
		endResets: (accountId: string): void => {
			removeResets.run(accountId);
		},
	};
}
