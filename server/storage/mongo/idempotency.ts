import type { ClientSession } from "mongodb";
import { type IdempotencyRecord, type IdempotencyWrite, isDuplicate } from "../../model/idempotencyRecord.js";
import { DuplicateRequest, type IdempotencyStore } from "../../store/store.js";
import type { Collections, IdempotencyDocument } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";
import { toDocument } from "./documents.js";
import { retryOnDuplicate } from "./failures.js";

/** Call it first in a transaction: everything else that might look wrong was caused by the first request. */
export async function rejectDuplicate(
	{ answers }: Collections,
	idempotencyWrite: IdempotencyWrite<never> | undefined,
	session: ClientSession,
): Promise<void> {
	if (idempotencyWrite === undefined) return;
	const stored = await answers.findOne({ _id: idempotencyWrite.id }, { session });
	if (isDuplicate(stored ?? undefined, idempotencyWrite)) throw new DuplicateRequest();
}

/**
 * Stores the response of a change. Two transactions that make the same change
 * insert the same ID: one of them runs again and is rejected as a duplicate.
 */
export async function writeIdempotencyRecord<T>(
	{ answers }: Collections,
	idempotencyWrite: IdempotencyWrite<T> | undefined,
	outcome: T,
	session: ClientSession,
): Promise<void> {
	if (idempotencyWrite === undefined) return;
	const record = idempotencyWrite.recordFor(outcome);
	await answers.deleteOne({ _id: record.id, expiresAt: { $lte: idempotencyWrite.at } }, { session });
	const document = { ...toDocument(record), dropAt: new Date(record.expiresAt) };
	await answers.insertOne(document, { session }).catch(retryOnDuplicate);
}

export function mongoIdempotency(database: MongoDatabase): IdempotencyStore {
	return {
		find: (id) =>
			database.run(async ({ answers }) => {
				const document = await answers.findOne({ _id: id });
				return document === null ? undefined : toIdempotencyRecord(document);
			}),
		// MongoDB also deletes them itself, by its own clock; this goes by the server's clock.
		deleteExpired: (now, limit) =>
			database.run(({ answers }) => deleteBatch(answers, { expiresAt: { $lte: now } }, limit)),
	};
}

function toIdempotencyRecord({ _id, sealed, keptAt, expiresAt }: IdempotencyDocument): IdempotencyRecord {
	return { id: _id, sealed, keptAt, expiresAt };
}
