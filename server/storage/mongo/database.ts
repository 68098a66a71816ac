import { setTimeout as pause } from "node:timers/promises";
import {
	type ClientSession,
	type Db,
	type MongoClient,
	MongoServerError,
	type TransactionOptions,
} from "mongodb";
import { StoreUnavailable } from "../../store/store.js";
import { type Collections, collectionsOf } from "./collections.js";
import { isCommitUnknown, isTransient, translated } from "./failures.js";

/** How long a call waits while the server is silent. */
const silenceMs = 3_000;
/** How long a transaction that keeps conflicting is retried. */
const contentionMs = 10_000;

const inTransaction: TransactionOptions = {
	readConcern: { level: "snapshot" },
	writeConcern: { w: "majority" },
	readPreference: "primary",
};

/** The connections of a store handle. Every call to MongoDB goes through `run` or `transaction`. */
export class MongoDatabase {
	readonly collections: Collections;
	readonly #underWay = new Set<Promise<unknown>>();
	#closed = false;

	constructor(
		readonly client: MongoClient,
		readonly db: Db,
		/** For messages: where the database is, without credentials. */
		readonly hosts: string,
		/** Reached through a mongos. */
		readonly sharded = false,
	) {
		this.collections = collectionsOf(db);
	}

	/** Runs one command, or several that need no transaction. Rejects with `StoreUnavailable` when the server is gone. */
	run<T>(call: (collections: Collections) => Promise<T>): Promise<T> {
		return this.#guarded(() => call(this.collections));
	}

	/**
	 * Runs `work` in a transaction, and again from the start when it met another
	 * one. Nothing is started again or committed after the caller was told that
	 * the server is silent. The driver's own `withTransaction` would go on for two
	 * minutes on a server that is gone.
	 */
	transaction<T>(work: (session: ClientSession, collections: Collections) => Promise<T>): Promise<T> {
		return this.#guarded((wait) => this.#transact(work, wait));
	}

	async close(): Promise<void> {
		this.#closed = true;
		await Promise.allSettled(this.#underWay);
		await this.client.close();
	}

	async #transact<T>(
		work: (session: ClientSession, collections: Collections) => Promise<T>,
		wait: Wait,
	): Promise<T> {
		const deadline = performance.now() + contentionMs;
		const session = this.client.startSession();
		try {
			for (let attempt = 1; ; attempt++) {
				try {
					session.startTransaction(inTransaction);
					const outcome = await work(session, this.collections);
					if (wait.isOver()) throw new StoreUnavailable(callerGone);
					await commit(session, deadline, wait);
					return outcome;
				} catch (error) {
					if (session.inTransaction()) await session.abortTransaction();
					if (!isTransient(error) || wait.isOver() || performance.now() >= deadline) throw error;
					if (error instanceof MongoServerError) wait.extend();
				}
				// Random, so that transactions that conflicted do not conflict again right away.
				await pause(Math.random() * Math.min(5 * 1.5 ** attempt, 200));
			}
		} finally {
			await session.endSession();
		}
	}

	async #guarded<T>(call: (wait: Wait) => Promise<T>): Promise<T> {
		if (this.#closed) throw new StoreUnavailable("the connection to MongoDB is closed");
		let silence: NodeJS.Timeout | undefined;
		let over = false;
		const silent = new Promise<never>((_, reject) => {
			silence = setTimeout(() => {
				over = true;
				reject(new StoreUnavailable(`MongoDB at ${this.hosts} has not responded for ${silenceMs} ms`));
			}, silenceMs);
		});
		const wait: Wait = { extend: () => silence?.refresh(), isOver: () => over };
		const outcome = Promise.race([call(wait), silent]);
		this.#underWay.add(outcome);
		try {
			return await outcome;
		} catch (error) {
			throw translated(error, this.hosts);
		} finally {
			clearTimeout(silence);
			this.#underWay.delete(outcome);
		}
	}
}

/** How long the caller of a transaction waits. Once it is over they have been told that nothing happened. */
interface Wait {
	/** The server answered: waiting starts anew. */
	extend(): void;
	isOver(): boolean;
}

const callerGone = "the caller no longer waits for this change";

async function commit(session: ClientSession, deadline: number, wait: Wait): Promise<void> {
	for (;;) {
		try {
			return await session.commitTransaction();
		} catch (error) {
			// Committing again could carry out what the caller was just told has failed.
			if (!isCommitUnknown(error) || wait.isOver() || performance.now() >= deadline) throw error;
		}
	}
}
