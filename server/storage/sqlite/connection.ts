import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { StoreDamaged, StoreUnavailable } from "../../store/store.js";

type Statement = Database.Statement;

/** How long a call waits for another process's transaction. */
const patienceMs = 3_000;
/** SQLite itself does not wait for a lock: nothing else could run in this process meanwhile. Timers wait instead. */
const blockingMs = 0;
const retryMs = 5;

/**
 * The one connection of a store handle, for reads and writes. Every transaction
 * runs from begin to commit without yielding the thread, so calls of one handle
 * never conflict in the database. For other processes it waits.
 *
 * See docs/decisions/0061-one-writer-in-line.md
 */
export class Connection {
	readonly #database: Database.Database;
	readonly #underWay = new Set<Promise<unknown>>();
	/** The last write in line. Writes wait for one another here, so that one at a time asks SQLite for the lock. */
	#lastWrite: Promise<unknown> = Promise.resolve();
	#closed = false;
	#afterWrite: () => void = () => {};

	constructor(readonly file: string) {
		this.#database = opened(file);
	}

	prepare(sql: string): Statement {
		return this.#database.prepare(sql);
	}

	/** For pragmas and schema changes. */
	exec(sql: string): void {
		this.#database.exec(sql);
	}

	/** Called right after every committed write, before its promise resolves. */
	afterWrite(listener: () => void): void {
		this.#afterWrite = listener;
	}

	/** Runs one query. */
	read<T>(read: () => T): Promise<T> {
		return this.#guarded((deadline) => this.#retryWhileBusy(read, deadline));
	}

	/** Runs `change` in one write transaction: all of it is written, or nothing when it throws. */
	async write<T>(change: () => T): Promise<T> {
		const attempt = () => {
			const changed = this.#inTransaction(change);
			this.#afterWrite();
			return changed;
		};
		const outcome = await this.#guarded((deadline) => {
			const turn = this.#lastWrite.then(() => this.#retryWhileBusy(attempt, deadline));
			this.#lastWrite = turn.catch(() => {});
			return turn;
		});
		// Otherwise a caller that writes in a loop would starve timers and sockets.
		await nextTurn();
		return outcome;
	}

	/** Runs `attempt` without waiting for locks; throws `StoreUnavailable` instead. */
	now<T>(attempt: () => T): T {
		this.#refuseWhenClosed();
		try {
			return attempt();
		} catch (error) {
			throw translated(error, this.file);
		}
	}

	/**
	 * Moves everything from the write-ahead log into the file and empties the log,
	 * as closing the last connection would: libsql keeps statements open, so
	 * SQLite never sees a last one. Does nothing while another process uses the
	 * database; its end will do it.
	 */
	async emptyLog(): Promise<void> {
		await this.read(() => this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).catch(() => {});
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await Promise.allSettled(this.#underWay);
		this.#database.close();
	}

	#inTransaction<T>(change: () => T): T {
		this.#database.exec("BEGIN IMMEDIATE");
		try {
			const outcome = change();
			this.#database.exec("COMMIT");
			return outcome;
		} catch (error) {
			// After a full disk the transaction has already ended.
			if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
			throw error;
		}
	}

	async #guarded<T>(begin: (deadline: number) => Promise<T>): Promise<T> {
		this.#refuseWhenClosed();
		const call = begin(performance.now() + patienceMs);
		this.#underWay.add(call);
		try {
			return await call;
		} finally {
			this.#underWay.delete(call);
		}
	}

	async #retryWhileBusy<T>(attempt: () => T, deadline: number): Promise<T> {
		for (;;) {
			try {
				return attempt();
			} catch (error) {
				if (!isBusy(error) || performance.now() >= deadline) throw translated(error, this.file);
			}
			await pause(retryMs);
		}
	}

	#refuseWhenClosed(): void {
		if (this.#closed) throw new StoreUnavailable(`the database ${this.file} is closed`);
	}
}

/** A file that SQLite cannot open has no result code here. */
function opened(file: string): Database.Database {
	try {
		return new Database(file, { timeout: blockingMs });
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StoreUnavailable(`the database ${file} cannot be opened: ${reason}`);
	}
}

/** Result codes about the machine or another process, not about the statement. */
const unavailable = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|PROTOCOL|NOMEM|INTERRUPT|PERM|AUTH)/;

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

function isBusy(error: unknown): boolean {
	return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

const damageAdvice =
	"Stop the server, keep a copy of the file and restore the newest backup. For details run npx placelock doctor.";

function translated(error: unknown, file: string): unknown {
	const code = codeOf(error);
	if (!(error instanceof Error)) return error;
	if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
		const isDatabase = !code.startsWith("SQLITE_NOTADB");
		const what = isDatabase ? "is damaged" : "is not a database";
		return new StoreDamaged(
			`the file ${file} ${what}: ${error.message} (${code}). ${damageAdvice}`,
			isDatabase ? "damaged" : "not_a_database",
		);
	}
	if (!unavailable.test(code)) return error;
	return new StoreUnavailable(
		`the request to the database ${file} failed: ${error.message} (${code})`,
		isBusy(error) ? "busy" : "unavailable",
	);
}
