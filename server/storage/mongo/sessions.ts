import type { ClientSession } from "mongodb";
import { limits } from "../../../shared/limits.js";
import type { SessionRecord } from "../../model/session.js";
import type { SessionStore } from "../../store/store.js";
import { writeAudit } from "./audit.js";
import type { Collections, DocumentOf } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { toDocument, toRecord } from "./documents.js";

export function mongoSessions(database: MongoDatabase): SessionStore {
	return {
		begin: (session, audit, passwordHash) =>
			database.transaction(async (transaction, collections) => {
				const account = await collections.accounts.findOne(
					{ _id: session.accountId },
					{ session: transaction },
				);
				if (account === null || account.disabledAt !== undefined) return false;
				if (passwordHash !== undefined && account.passwordHash !== passwordHash) return false;
				await beginSession(collections, session, transaction);
				await writeAudit(collections, audit, transaction);
				return true;
			}),
		findByDigest: (digest) =>
			database.run(async ({ sessions }) => {
				const document = await sessions.findOne({ digest });
				return document === null ? undefined : toSession(document);
			}),
		seen: (id, at) =>
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
		dropEnded: (expiredBy, seenBefore, limit) =>
			database.run(async ({ sessions }) => {
				const ended = { $or: [{ expiresAt: { $lte: expiredBy } }, { lastSeenAt: { $lt: seenBefore } }] };
				const found = await sessions
					.find(ended, { projection: { _id: 1 } })
					.limit(limit)
					.toArray();
				if (found.length === 0) return 0;
				const ids = found.map((session) => session._id);
				// Again on its condition: one may have been used meanwhile.
				return (await sessions.deleteMany({ _id: { $in: ids }, ...ended })).deletedCount;
			}),
	};
}

const toSession = (document: DocumentOf<SessionRecord>) => toRecord<SessionRecord>(document);

/**
 * Begins a session of an account that exists. It always moves the account's
 * document: that is what holds `limits.sessionsPerAccount`, and keeps sessions
 * from beginning unseen while all of them are ended.
 */
export async function beginSession(
	{ accounts, sessions }: Collections,
	session: SessionRecord,
	transaction: ClientSession,
): Promise<void> {
	const { accountId, createdAt } = session;
	const beyond = await sessions
		.find({ accountId }, { session: transaction, projection: { _id: 1 } })
		.sort({ createdAt: -1, _id: -1 })
		.skip(limits.sessionsPerAccount - 1)
		.toArray();
	if (beyond.length > 0) {
		const ids = beyond.map(({ _id }) => _id);
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
