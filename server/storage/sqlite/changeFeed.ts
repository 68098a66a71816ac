import type { Clock } from "../../primitives/clock.js";
import { type Change, type ChangeFeed, type FeedListener, StoreUnavailable } from "../../store/store.js";
import type { Connection } from "./connection.js";

/** How many rows of `changes` are kept. A handle that fell further behind drops everything. */
const maxChangeRows = 10_000;

/** Writes a change for the feeds of all handles, inside the change's transaction. */
export type WriteChange = (change: Exclude<Change, { type: "everything" }>) => void;

export function changeWriter(connection: Connection): WriteChange {
	const insert = connection.prepare("INSERT INTO changes (type, id, workspace_id) VALUES (?, ?, ?)");
	const prune = connection.prepare("DELETE FROM changes WHERE sequence <= ?");
	return (change) => {
		const { lastInsertRowid } = insert.run(change.type, ...idsOf(change));
		prune.run(Number(lastInsertRowid) - maxChangeRows);
	};
}

/** The ID and the workspace's ID in the row of a change. */
function idsOf(change: Exclude<Change, { type: "everything" }>): [string, string | null] {
	if (change.type === "imports") return ["", null];
	return change.type === "place" ? [change.placeId, change.workspaceId] : [change.id, null];
}

type ChangeRow = { readonly sequence: number; readonly id: string } & (
	| { readonly type: "key" | "workspace" | "imports" }
	| { readonly type: "place"; readonly workspace_id: string }
);

/**
 * Follows the `changes` table. `PRAGMA data_version` changes when another
 * connection commits, and reading it does not touch the table. Commits of this
 * connection do not change it, so they are delivered right after the commit.
 */
export class SqliteChangeFeed implements ChangeFeed {
	readonly #connection: Connection;
	readonly #clock: Clock;
	readonly #pollMs: number;
	readonly #listeners = new Set<FeedListener>();
	readonly #readVersion;
	readonly #readLast;
	readonly #readAfter;
	#timer: NodeJS.Timeout | undefined;
	#delivered = 0;
	/** The data version at which everything was delivered; undefined after a failed delivery. */
	#version: number | undefined;

	constructor(connection: Connection, clock: Clock, pollMs: number) {
		this.#connection = connection;
		this.#clock = clock;
		this.#pollMs = pollMs;
		this.#readVersion = connection.prepare("PRAGMA data_version");
		this.#readLast = connection.prepare("SELECT coalesce(max(sequence), 0) AS last FROM changes");
		this.#readAfter = connection.prepare("SELECT * FROM changes WHERE sequence > ? ORDER BY sequence");
		connection.afterWrite(() => this.#afterWrite());
	}

	async subscribe(listener: FeedListener) {
		await this.#connection.read(() => {
			if (this.#listeners.size > 0) this.#deliver(this.#readChanges());
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
		const changes = this.#readOthersChanges();
		// A feed that is lost does not confirm. The next poll tries again.
		if (changes === undefined) return;
		this.#deliver(changes);
		for (const listener of this.#listeners) listener.confirmed(at);
	}

	/** The changes that others committed since the last read; undefined when the database did not respond. */
	#readOthersChanges(): readonly ChangeRow[] | undefined {
		try {
			return this.#connection.now(() => {
				const { data_version: version } = this.#readVersion.get() as { data_version: number };
				if (version === this.#version) return [];
				const changes = this.#readChanges();
				this.#version = version;
				return changes;
			});
		} catch {
			return undefined;
		}
	}

	/** The change is committed, so failing to read it back must not look like a failed change. */
	#afterWrite(): void {
		if (this.#listeners.size === 0) return;
		try {
			this.#deliver(this.#connection.now(() => this.#readChanges()));
		} catch (error) {
			if (!(error instanceof StoreUnavailable)) throw error;
			this.#version = undefined;
		}
	}

	#readChanges(): readonly ChangeRow[] {
		return this.#readAfter.all(this.#delivered) as ChangeRow[];
	}

	#deliver(rows: readonly ChangeRow[]): void {
		const [first] = rows;
		const last = rows.at(-1);
		if (first === undefined || last === undefined) return;
		const missed = first.sequence !== this.#delivered + 1;
		this.#delivered = last.sequence;
		const changes: readonly Change[] = missed ? [{ type: "everything" }] : rows.map(changeOf);
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
