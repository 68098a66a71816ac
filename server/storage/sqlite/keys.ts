import { limits } from "../../../shared/limits.js";
import { applyChanges } from "../../model/applyChanges.js";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import type { KeyStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { endTokensOf } from "./importedTokens.js";
import { keyPages } from "./keyPages.js";
import { keyRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";
import { usageForgetter } from "./usageRetention.js";

export function sqliteKeys(
	connection: Connection,
	writeAudit: WriteAudit,
	writeChange: WriteChange,
	idempotency: IdempotencyRecordWriter,
): KeyStore {
	const find = findOne(connection, "keys", keyRows, ["id"]);
	const insert = insertInto(connection, "keys", keyRows);
	const update = updateIn(connection, "keys", keyRows, ["id"]);
	const pagesOfAccount = pagesOf(connection, { table: "keys", where: "account_id = ?", rows: keyRows });
	const pages = keyPages(connection);
	const room = remainingKeySlots(connection);
	const nameTaken = nameHolder(connection);
	const remove = connection.prepare("DELETE FROM keys WHERE id = ?");
	const endToken = connection.prepare(endTokensOf("?"));
	const forgetUsage = usageForgetter(connection);

	return {
		create: (key, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				const left = room(key);
				if (left === undefined) return "workspace_missing";
				if (nameTaken(key)) return "name_taken";
				if (left <= 0) return "limit_reached";
				insert(key);
				writeAudit(audit);
				writeChange({ type: "key", id: key.id });
				idempotency.keep(idempotencyWrite, key);
				return "created";
			}),
		findById: (id) => connection.read(() => find(id)),
		list: pages,
		listOfAccount: (accountId, page) => connection.read(() => pagesOfAccount(page, accountId)),
		change: (id, changes, audit, expectedDigest, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				const before = find(id);
				if (before === undefined) return "missing";
				if (before.revokedAt !== undefined) return "revoked";
				if (expectedDigest !== undefined && !before.digest.equals(expectedDigest)) return "outdated";
				const after = applyChanges(before, changes);
				if (after.revokedAt === undefined && nameTaken(after)) return "name_taken";
				update(after);
				writeAudit(audit);
				writeChange({ type: "key", id });
				idempotency.keep(idempotencyWrite, after);
				return after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				const key = find(id);
				if (key === undefined) return "missing";
				if (key.revokedAt === undefined) return "not_revoked";
				remove.run(id);
				endToken.run(id);
				forgetUsage(id);
				writeAudit(audit);
				writeChange({ type: "key", id });
				return "deleted";
			}),
	};
}

/** How many more keys the workspace or account may hold; undefined when there is none. */
export function remainingKeySlots(connection: Connection) {
	const room = (table: string, owner: string, most: string | number) =>
		connection.prepare(`
			SELECT ${most} - (SELECT count(*) FROM keys WHERE ${owner} = ${table}.id AND revoked_at IS NULL) AS room
			FROM ${table} WHERE id = ?`);
	const inWorkspace = room("workspaces", "workspace_id", "max_keys");
	const inAccount = room("accounts", "account_id", limits.keysPerAccount);
	return ({ workspaceId, accountId }: Pick<KeyRecord, "workspaceId" | "accountId">): number | undefined => {
		const found = workspaceId === undefined ? inAccount.get(accountId ?? null) : inWorkspace.get(workspaceId);
		return (found as { room: number } | undefined)?.room;
	};
}

/** Whether another key of the same owner that is not revoked has the name. */
export function nameHolder(connection: Connection): (key: KeyRecord) => boolean {
	const held = (owner: string) =>
		connection.prepare(
			`SELECT 1 FROM keys WHERE ${owner} = ? AND folded_name = ? AND revoked_at IS NULL AND id <> ?`,
		);
	const inWorkspace = held("workspace_id");
	const inAccount = held("account_id");
	return (key) => {
		const [statement, owner] =
			key.workspaceId === undefined ? [inAccount, key.accountId] : [inWorkspace, key.workspaceId];
		return statement.get(owner ?? null, foldName(key.name), key.id) !== undefined;
	};
}
