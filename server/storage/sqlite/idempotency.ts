import type { Keeping } from "../../model/idempotencyRecord.js";
import { AlreadyAnswered, type AnswerStore } from "../../store/store.js";
import type { Connection } from "./connection.js";
import { keptAnswerRows } from "./rows.js";
import { findOne } from "./statements.js";

/** Keeps the answer of a change, inside the change's transaction. */
export interface AnswerKeeper {
	/** To be asked before anything else: what else would be found wrong is the doing of the first time. */
	refuseRepeated(keeping: Keeping<never> | undefined): void;
	keep<T>(keeping: Keeping<T> | undefined, outcome: T): void;
}

export function answerKeeper(connection: Connection): AnswerKeeper {
	const find = findOne(connection, "kept_answers", keptAnswerRows, ["id"]);
	const columns = keptAnswerRows.columns;
	const replace = connection.prepare(
		`REPLACE INTO kept_answers (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
	);
	return {
		refuseRepeated: (keeping) => {
			if (keeping === undefined) return;
			const kept = find(keeping.id);
			if (kept !== undefined && kept.expiresAt > keeping.at) throw new AlreadyAnswered();
		},
		keep: (keeping, outcome) => {
			if (keeping !== undefined) replace.run(...keptAnswerRows.values(keeping.answerTo(outcome)));
		},
	};
}

export function sqliteAnswers(connection: Connection): AnswerStore {
	const find = findOne(connection, "kept_answers", keptAnswerRows, ["id"]);
	const drop = connection.prepare(
		"DELETE FROM kept_answers WHERE id IN (SELECT id FROM kept_answers WHERE expires_at <= ? LIMIT ?)",
	);
	return {
		find: (id) => connection.read(() => find(id)),
		dropExpired: (now, limit) => connection.write(() => drop.run(now, limit).changes),
	};
}
