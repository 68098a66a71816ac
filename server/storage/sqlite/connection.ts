import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { StoreDamaged, StoreUnavailable } from "../../store/store.js";

type Statement = Database.Statement;

/** How long a call waits for another process's transaction. */
const patienceMs = 3_000;
/**
 * How long SQLite itself waits for a lock. Short, because nothing else runs in
 * this process meanwhile: the rest of the patience is spent in timers.
 */
const blockingMs = 20;
const retryMs = 10;

/**
 * The one connection of a store handle, for reads and writes. Every transaction
 * runs from begin to commit without yielding the thread, so calls of one handle
 * never conflict in the database. For other processes it waits.
 */
export class Connection {
	readonly #database: Database.Database;
	readonly #underWay = new Set<Promise<unknown>>();
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
		return this.#patiently(read);
	}

	/** Runs `change` in one write transaction: all of it is written, or nothing when it throws. */
	async write<T>(change: () => T): Promise<T> {
		const outcome = await this.#patiently(() => {
			const changed = this.#inTransaction(change);
			this.#afterWrite();
			return changed;
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

	async #patiently<T>(attempt: () => T): Promise<T> {
		this.#refuseWhenClosed();
		const call = this.#retryWhileBusy(attempt);
		this.#underWay.add(call);
		try {
			return await call;
		} finally {
			this.#underWay.delete(call);
		}
	}

	async #retryWhileBusy<T>(attempt: () => T): Promise<T> {
		const deadline = performance.now() + patienceMs;
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
		const what = code.startsWith("SQLITE_NOTADB") ? "is not a database" : "is damaged";
		return new StoreDamaged(`the file ${file} ${what}: ${error.message} (${code}). ${damageAdvice}`);
	}
	if (!unavailable.test(code)) return error;
	return new StoreUnavailable(`the request to the database ${file} failed: ${error.message} (${code})`);
}
