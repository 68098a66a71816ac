import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import { canBeginSession } from "../../model/accountRules.js";
import type { SessionRecord } from "../../model/session.js";
import type { SessionStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import type { Collections, DocumentOf } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { deleteBatch } from "./deleteBatch.js";
import { toAccount, toDocument, toRecord } from "./documents.js";

export function mongoSessions(database: MongoDatabase): SessionStore {
	return {
		begin: (session, audit, passwordHash) =>
			database.transaction(async (transaction, collections) => {
				const document = await collections.accounts.findOne(
					{ _id: session.accountId },
					{ session: transaction },
				);
				const account = document === null ? undefined : toAccount(document);
				if (!canBeginSession(account, passwordHash)) return false;
				await beginSession(collections, session, transaction);
				await writeAudit(collections, audit, transaction);
				return true;
			}),
		findByDigest: (digest) =>
			database.run(async ({ sessions }) => {
				const document = await sessions.findOne({ digest });
				return document === null ? undefined : toSession(document);
			}),
		touch: (id, at) =>
			database.run(async ({ sessions }) => {
				await sessions.updateOne({ _id: id }, { $max: { lastSeenAt: at } });
			}),
		listOf: (accountId) =>
			database.run(async ({ sessions }) => {
				const found = await sessions.find({ accountId }).sort({ createdAt: -1, _id: -1 }).toArray();
				return found.map(toSession);
			}),
		end: (accountId, id, audit) =>
			database.transaction(async (transaction, collections) => {
				const ended = await collections.sessions.deleteOne({ _id: id, accountId }, { session: transaction });
				if (ended.deletedCount === 0) return false;
				await writeAudit(collections, audit, transaction);
				return true;
			}),
		deleteEnded: (expiredBy, seenBefore, limit) =>
			database.run(({ sessions }) => {
				const ended = { $or: [{ expiresAt: { $lte: expiredBy } }, { lastSeenAt: { $lt: seenBefore } }] };
				return deleteBatch(sessions, ended, limit);
			}),
	};
}

const toSession = (document: DocumentOf<SessionRecord>) => toRecord<SessionRecord>(document);

/**
 * Begins a session of an existing account. Always writes the account's document:
 * that enforces `limits.sessionsPerAccount`, and stops a session from beginning
 * unseen while all sessions are being ended.
 */
export async function beginSession(
	{ accounts, sessions }: Collections,
	session: SessionRecord,
	transaction: ClientSession,
): Promise<void> {
	const { accountId, createdAt } = session;
	const oldest = await sessions
		.find({ accountId }, { session: transaction, projection: { _id: 1 } })
		.sort({ createdAt: -1, _id: -1 })
		.skip(limits.sessionsPerAccount - 1)
		.toArray();
	if (oldest.length > 0) {
		const ids = oldest.map(({ _id }) => _id);
		await sessions.deleteMany({ _id: { $in: ids } }, { session: transaction });
	}
	await sessions.insertOne(toDocument(session), { session: transaction });
	await accounts.updateOne(
		{ _id: accountId },
		{ $max: { lastSignInAt: createdAt }, $inc: { moves: 1 } },
		{ session: transaction },
	);
}

/** Ends all sessions of an account but one. */
export async function endSessions(
	{ sessions }: Collections,
	accountId: string,
	keep: string | undefined,
	transaction: ClientSession,
): Promise<void> {
	await sessions.deleteMany({ accountId, _id: { $ne: keep ?? "" } }, { session: transaction });
}
