import type { Clock } from "../../primitives/clock.js";
import { type Change, type ChangeFeed, type FeedListener, StoreUnavailable } from "../../store/store.js";
import type { Connection } from "./connection.js";

/** Rows of `changes` that are kept. A handle that fell further behind is told to drop everything. */
const keptChanges = 10_000;

/** Announces a change, inside the change's transaction. */
export type WriteChange = (change: Exclude<Change, { type: "everything" }>) => void;

export function changeWriter(connection: Connection): WriteChange {
	const insert = connection.prepare("INSERT INTO changes (type, id, workspace_id) VALUES (?, ?, ?)");
	const prune = connection.prepare("DELETE FROM changes WHERE sequence <= ?");
	return (change) => {
		const { lastInsertRowid } = insert.run(change.type, ...namesOf(change));
		prune.run(Number(lastInsertRowid) - keptChanges);
	};
}

/** The id and the workspace's id of a change's row. */
function namesOf(change: Exclude<Change, { type: "everything" }>): [string, string | null] {
	if (change.type === "imports") return ["", null];
	return change.type === "place" ? [change.placeId, change.workspaceId] : [change.id, null];
}

type ChangeRow = { readonly sequence: number; readonly id: string } & (
	| { readonly type: "key" | "workspace" | "imports" }
	| { readonly type: "place"; readonly workspace_id: string }
);

/**
 * Follows the `changes` table. `PRAGMA data_version` moves when another
 * connection has committed, and is read without touching the table; commits of
 * this connection do not move it, so those are delivered right after them.
 */
export class SqliteChangeFeed implements ChangeFeed {
	readonly #connection: Connection;
	readonly #clock: Clock;
	readonly #pollMs: number;
	readonly #listeners = new Set<FeedListener>();
	readonly #readVersion;
	readonly #readLast;
	readonly #readNew;
	#timer: NodeJS.Timeout | undefined;
	#delivered = 0;
	/** The data version at which everything was delivered; undefined after a delivery that failed. */
	#version: number | undefined;

	constructor(connection: Connection, clock: Clock, pollMs: number) {
		this.#connection = connection;
		this.#clock = clock;
		this.#pollMs = pollMs;
		this.#readVersion = connection.prepare("PRAGMA data_version");
		this.#readLast = connection.prepare("SELECT coalesce(max(sequence), 0) AS last FROM changes");
		this.#readNew = connection.prepare("SELECT * FROM changes WHERE sequence > ? ORDER BY sequence");
		connection.afterWrite(() => this.#afterWrite());
	}

	async subscribe(listener: FeedListener) {
		await this.#connection.read(() => {
			if (this.#listeners.size > 0) this.#deliver(this.#news());
			else this.#delivered = (this.#readLast.get() as { last: number }).last;
		});
		this.#listeners.add(listener);
		this.#timer ??= setInterval(() => this.#poll(), this.#pollMs).unref();
		return {
			close: async () => {
				this.#listeners.delete(listener);
				if (this.#listeners.size === 0) this.close();
			},
		};
	}

	close(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
		this.#listeners.clear();
	}

	#poll(): void {
		const at = this.#clock.monotonic();
		const news = this.#lookForNews();
		// Not confirming is how a feed says that it is lost; the next poll tries again.
		if (news === undefined) return;
		this.#deliver(news);
		for (const listener of this.#listeners) listener.confirmed(at);
	}

	/** What others have committed since the last look; undefined when the database did not answer. */
	#lookForNews(): readonly ChangeRow[] | undefined {
		try {
			return this.#connection.now(() => {
				const { data_version: version } = this.#readVersion.get() as { data_version: number };
				if (version === this.#version) return [];
				const news = this.#news();
				this.#version = version;
				return news;
			});
		} catch {
			return undefined;
		}
	}

	/** The change is committed: failing to read it back must not make the caller think it is not. */
	#afterWrite(): void {
		if (this.#listeners.size === 0) return;
		try {
			this.#deliver(this.#connection.now(() => this.#news()));
		} catch (error) {
			if (!(error instanceof StoreUnavailable)) throw error;
			this.#version = undefined;
		}
	}

	#news(): readonly ChangeRow[] {
		return this.#readNew.all(this.#delivered) as ChangeRow[];
	}

	#deliver(news: readonly ChangeRow[]): void {
		const [first] = news;
		const last = news.at(-1);
		if (first === undefined || last === undefined) return;
		const missed = first.sequence !== this.#delivered + 1;
		this.#delivered = last.sequence;
		const changes: readonly Change[] = missed ? [{ type: "everything" }] : news.map(changeOf);
		for (const listener of this.#listeners) {
			for (const change of changes) listener.changed(change);
		}
	}
}

function changeOf(row: ChangeRow): Change {
	if (row.type === "imports") return { type: "imports" };
	return row.type === "place"
		? { type: "place", workspaceId: row.workspace_id, placeId: row.id }
		: { type: row.type, id: row.id };
}
