import { type IdempotencyWrite, isDuplicate } from "../../model/idempotencyRecord.js";
import { DuplicateRequest, type IdempotencyStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { idempotencyRows } from "./rows.js";
import { findOne } from "./statements.js";

/** Stores the response of a change, inside the change's transaction. */
export interface IdempotencyRecordWriter {
	/** Call it first: everything else that might look wrong was caused by the first request. */
	rejectDuplicate(idempotencyWrite: IdempotencyWrite<never> | undefined): void;
	write<T>(idempotencyWrite: IdempotencyWrite<T> | undefined, outcome: T): void;
}

export function idempotencyRecordWriter(connection: Connection): IdempotencyRecordWriter {
	const find = findOne(connection, "kept_answers", idempotencyRows, ["id"]);
	const columns = idempotencyRows.columns;
	const replace = connection.prepare(
		`REPLACE INTO kept_answers (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
	);
	return {
		rejectDuplicate: (idempotencyWrite) => {
			if (idempotencyWrite === undefined) return;
			if (isDuplicate(find(idempotencyWrite.id), idempotencyWrite)) throw new DuplicateRequest();
		},
		write: (idempotencyWrite, outcome) => {
			if (idempotencyWrite === undefined) return;
			replace.run(...idempotencyRows.values(idempotencyWrite.recordFor(outcome)));
		},
	};
}

export function sqliteIdempotency(connection: Connection): IdempotencyStore {
	const find = findOne(connection, "kept_answers", idempotencyRows, ["id"]);
	const deleteExpired = connection.prepare(
		"DELETE FROM kept_answers WHERE id IN (SELECT id FROM kept_answers WHERE expires_at <= ? LIMIT ?)",
	);
	return {
		find: (id) => connection.read(() => find(id)),
		deleteExpired: (now, limit) => connection.write(() => deleteExpired.run(now, limit).changes),
	};
}
