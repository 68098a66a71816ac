import { limits } from "../../../shared/limits.js";
import { applyChanges } from "../../model/applyChanges.js";
import { foldName } from "../../model/foldName.js";
import type { KeyRecord } from "../../model/key.js";
import {
	isInUse,
	keyChangeObstacle,
	keyCreationObstacle,
	keyDeletionObstacle,
} from "../../model/keyRules.js";
import type { KeyStore } from "../../store/store.js";
import type { WriteAudit } from "./audit.js";
import type { WriteChange } from "./changeFeed.js";
import type { Connection } from "./connection.js";
import type { IdempotencyRecordWriter } from "./idempotency.js";
import { detachImportedTokens } from "./importedTokens.js";
import { keyPages } from "./keyPages.js";
import { keyRows } from "./rows.js";
import { findOne, insertInto, pagesOf, updateIn } from "./statements.js";
import { usageDeleter } from "./usageRetention.js";

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
	const remainingSlots = remainingKeySlots(connection);
	const isNameTaken = nameCheck(connection);
	const remove = connection.prepare("DELETE FROM keys WHERE id = ?");
	const detachTokens = connection.prepare(detachImportedTokens("?"));
	const deleteUsage = usageDeleter(connection);

	return {
		create: (key, audit, idempotencyWrite) =>
			connection.write(() => {
				idempotency.rejectDuplicate(idempotencyWrite);
				const facts = { remaining: remainingSlots(key), nameTaken: isNameTaken(key) };
				const obstacle = keyCreationObstacle(facts);
				if (obstacle !== undefined) return obstacle;
				insert(key);
				writeAudit(audit);
				writeChange({ type: "key", id: key.id });
				idempotency.write(idempotencyWrite, key);
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
				const obstacle = keyChangeObstacle(before, expectedDigest);
				if (obstacle !== undefined) return obstacle;
				const after = applyChanges(before, changes);
				if (isInUse(after) && isNameTaken(after)) return "name_taken";
				update(after);
				writeAudit(audit);
				writeChange({ type: "key", id });
				idempotency.write(idempotencyWrite, after);
				return after;
			}),
		delete: (id, audit) =>
			connection.write(() => {
				const key = find(id);
				if (key === undefined) return "missing";
				const obstacle = keyDeletionObstacle(key);
				if (obstacle !== undefined) return obstacle;
				remove.run(id);
				detachTokens.run(id);
				deleteUsage(id);
				writeAudit(audit);
				writeChange({ type: "key", id });
				return "deleted";
			}),
	};
}

/** How many more keys the workspace or account may have; undefined when it does not exist. */
export function remainingKeySlots(connection: Connection) {
	const remainingIn = (table: string, owner: string, limit: string | number) =>
		connection.prepare(`
			SELECT ${limit} - (SELECT count(*) FROM keys WHERE ${owner} = ${table}.id AND revoked_at IS NULL) AS remaining
			FROM ${table} WHERE id = ?`);
	const inWorkspace = remainingIn("workspaces", "workspace_id", "max_keys");
	const inAccount = remainingIn("accounts", "account_id", limits.keysPerAccount);
	return ({ workspaceId, accountId }: Pick<KeyRecord, "workspaceId" | "accountId">): number | undefined => {
		const row = workspaceId === undefined ? inAccount.get(accountId ?? null) : inWorkspace.get(workspaceId);
		return (row as { remaining: number } | undefined)?.remaining;
	};
}

/** Whether another key of the same owner that is in use has the name. */
export function nameCheck(connection: Connection): (key: KeyRecord) => boolean {
	const takenIn = (owner: string) =>
		connection.prepare(
			`SELECT 1 FROM keys WHERE ${owner} = ? AND folded_name = ? AND revoked_at IS NULL AND id <> ?`,
		);
	const inWorkspace = takenIn("workspace_id");
	const inAccount = takenIn("account_id");
	return (key) => {
		const [statement, owner] =
			key.workspaceId === undefined ? [inAccount, key.accountId] : [inWorkspace, key.workspaceId];
		return statement.get(owner ?? null, foldName(key.name), key.id) !== undefined;
	};
}
