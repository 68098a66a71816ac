import type { ClientSession } from "mongodb";
import type { Keeping, KeptAnswer } from "../../model/idempotencyRecord.js";
import { AlreadyAnswered, type AnswerStore } from "../../store/store.js";
import type { Collections, KeptAnswerDocument } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument } from "./documents.js";
import { conflictWhenTaken } from "./failures.js";

/** To be asked before anything else of a transaction: what else would be found wrong is the doing of the first time. */
export async function refuseRepeated(
	{ answers }: Collections,
	keeping: Keeping<never> | undefined,
	session: ClientSession,
): Promise<void> {
	if (keeping === undefined) return;
	const kept = await answers.findOne({ _id: keeping.id }, { session });
	if (kept !== null && kept.expiresAt > keeping.at) throw new AlreadyAnswered();
}

/**
 * Keeps the answer of a change. Two that make the same change at a moment
 * insert the same id: one of the transactions runs again, and is refused then.
 */
export async function keepAnswer<T>(
	{ answers }: Collections,
	keeping: Keeping<T> | undefined,
	outcome: T,
	session: ClientSession,
): Promise<void> {
	if (keeping === undefined) return;
	const answer = keeping.answerTo(outcome);
	await answers.deleteOne({ _id: answer.id, expiresAt: { $lte: keeping.at } }, { session });
	const document = { ...toDocument(answer), dropAt: new Date(answer.expiresAt) };
	await answers.insertOne(document, { session }).catch(conflictWhenTaken);
}

export function mongoAnswers(database: MongoDatabase): AnswerStore {
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

function toAnswer({ _id, sealed, keptAt, expiresAt }: KeptAnswerDocument): KeptAnswer {
	return { id: _id, sealed, keptAt, expiresAt };
}
