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
	 * Runs `work` in a transaction; again from the start when it met another
	 * one. The driver's own `withTransaction` would go on for two minutes on a
	 * server that is gone.
	 */
	transaction<T>(work: (session: ClientSession, collections: Collections) => Promise<T>): Promise<T> {
		return this.#guarded((heardFromServer) => this.#transact(work, heardFromServer));
	}

	async close(): Promise<void> {
		this.#closed = true;
		await Promise.allSettled(this.#underWay);
		await this.client.close();
	}

	async #transact<T>(
		work: (session: ClientSession, collections: Collections) => Promise<T>,
		heardFromServer: () => void,
	): Promise<T> {
		const deadline = performance.now() + contentionMs;
		const session = this.client.startSession();
		try {
			for (let attempt = 1; ; attempt++) {
				try {
					session.startTransaction(inTransaction);
					const outcome = await work(session, this.collections);
					await commit(session, deadline);
					return outcome;
				} catch (error) {
					if (session.inTransaction()) await session.abortTransaction();
					if (!isTransient(error) || performance.now() >= deadline) throw error;
					if (error instanceof MongoServerError) heardFromServer();
				}
				// Random, so that transactions that conflicted do not conflict again right away.
				await pause(Math.random() * Math.min(5 * 1.5 ** attempt, 200));
			}
		} finally {
			await session.endSession();
		}
	}

	async #guarded<T>(call: (heardFromServer: () => void) => Promise<T>): Promise<T> {
		if (this.#closed) throw new StoreUnavailable("the connection to MongoDB is closed");
		let silence: NodeJS.Timeout | undefined;
		const silent = new Promise<never>((_, reject) => {
			silence = setTimeout(() => {
				reject(new StoreUnavailable(`MongoDB at ${this.hosts} has not responded for ${silenceMs} ms`));
			}, silenceMs);
		});
		const outcome = Promise.race([call(() => silence?.refresh()), silent]);
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

async function commit(session: ClientSession, deadline: number): Promise<void> {
	for (;;) {
		try {
			return await session.commitTransaction();
		} catch (error) {
			if (!isCommitUnknown(error) || performance.now() >= deadline) throw error;
		}
	}
}
