import type { ClientSession } from "mongodb";
import type { IdempotencyRecord, IdempotencyWrite } from "../../model/idempotencyRecord.js";
import { DuplicateRequest, type IdempotencyStore } from "../../store/store.js";
import type { Collections, IdempotencyDocument } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument } from "./documents.js";
import { conflictWhenTaken } from "./failures.js";

/** To be asked before anything else of a transaction: what else would be found wrong is the doing of the first time. */
export async function rejectDuplicate(
	{ answers }: Collections,
	idempotencyWrite: IdempotencyWrite<never> | undefined,
	session: ClientSession,
): Promise<void> {
	if (idempotencyWrite === undefined) return;
	const kept = await answers.findOne({ _id: idempotencyWrite.id }, { session });
	if (kept !== null && kept.expiresAt > idempotencyWrite.at) throw new DuplicateRequest();
}

/**
 * Keeps the answer of a change. Two that make the same change at a moment
 * insert the same id: one of the transactions runs again, and is refused then.
 */
export async function writeIdempotencyRecord<T>(
	{ answers }: Collections,
	idempotencyWrite: IdempotencyWrite<T> | undefined,
	outcome: T,
	session: ClientSession,
): Promise<void> {
	if (idempotencyWrite === undefined) return;
	const answer = idempotencyWrite.recordFor(outcome);
	await answers.deleteOne({ _id: answer.id, expiresAt: { $lte: idempotencyWrite.at } }, { session });
	const document = { ...toDocument(answer), dropAt: new Date(answer.expiresAt) };
	await answers.insertOne(document, { session }).catch(conflictWhenTaken);
}

export function mongoIdempotency(database: MongoDatabase): IdempotencyStore {
	return {
		find: (id) =>
			database.run(async ({ answers }) => {
				const document = await answers.findOne({ _id: id });
				return document === null ? undefined : toAnswer(document);
			}),
		// MongoDB drops them by itself, by its own clock; this is for ours.
		dropExpired: (now, limit) =>
			database.run(async ({ answers }) => {
				const old = await answers
					.find({ expiresAt: { $lte: now } }, { projection: { _id: 1 } })
					.limit(limit)
					.toArray();
				if (old.length === 0) return 0;
				const ids = old.map((answer) => answer._id);
				return (await answers.deleteMany({ _id: { $in: ids }, expiresAt: { $lte: now } })).deletedCount;
			}),
	};
}

function toAnswer({ _id, sealed, keptAt, expiresAt }: IdempotencyDocument): IdempotencyRecord {
	return { id: _id, sealed, keptAt, expiresAt };
}
