import type { IdempotencyWrite } from "../../model/idempotencyRecord.js";
import { DuplicateRequest, type IdempotencyStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { idempotencyRows } from "./rows.js";
import { findOne } from "./statements.js";

/** Keeps the answer of a change, inside the change's transaction. */
export interface IdempotencyRecordWriter {
	/** To be asked before anything else: what else would be found wrong is the doing of the first time. */
	rejectDuplicate(idempotencyWrite: IdempotencyWrite<never> | undefined): void;
	keep<T>(idempotencyWrite: IdempotencyWrite<T> | undefined, outcome: T): void;
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
			const kept = find(idempotencyWrite.id);
			if (kept !== undefined && kept.expiresAt > idempotencyWrite.at) throw new DuplicateRequest();
		},
		keep: (idempotencyWrite, outcome) => {
			if (idempotencyWrite !== undefined)
				replace.run(...idempotencyRows.values(idempotencyWrite.recordFor(outcome)));
		},
	};
}

export function sqliteIdempotency(connection: Connection): IdempotencyStore {
	const find = findOne(connection, "kept_answers", idempotencyRows, ["id"]);
	const drop = connection.prepare(
		"DELETE FROM kept_answers WHERE id IN (SELECT id FROM kept_answers WHERE expires_at <= ? LIMIT ?)",
	);
	return {
		find: (id) => connection.read(() => find(id)),
		dropExpired: (now, limit) => connection.write(() => drop.run(now, limit).changes),
	};
}
