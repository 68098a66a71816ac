import { setTimeout as pause } from "node:timers/promises";
import { type AggregationCursor, type Document, MongoServerError } from "mongodb";
import type { Clock } from "../../primitives/clock.js";
import type { Change, ChangeFeed, FeedListener } from "../../store/store.js";
import { parsePlaceDocumentId } from "./collections.js";
import type { MongoDatabase } from "./database.js";
import { isUnavailable, translated } from "./failures.js";

/** How long the server waits for events before it responds without any. */
const waitMs = 200;
/** The pause before the stream is opened again. */
const retryMs = 200;

const watchedCollections = ["keys", "workspaces", "places", "importedPrefixes"];
/** Somebody dropped or renamed a watched collection. */
const schemaEvents = ["drop", "dropDatabase", "rename", "invalidate"];

interface StreamEvent {
	/** The resume token. */
	readonly _id: unknown;
	readonly operationType: string;
	readonly ns?: { readonly coll?: string };
	readonly documentKey?: { readonly _id?: unknown };
}

/**
 * Follows a change stream of the whole database. The stage is run as a plain
 * aggregation, not through the driver's `ChangeStream`, because that hides
 * where one answer of the server ends and the next begins; and only a whole
 * answer proves that everything older than its question has been delivered.
 * For the same reason it does not resume on its own, unseen.
 *
 * A mongos holds events back until every shard has passed their time, so
 * there an answer proves nothing: changes are delivered, and never confirmed.
 */
export class MongoChangeFeed implements ChangeFeed {
	readonly #database: MongoDatabase;
	readonly #clock: Clock;
	readonly #listeners = new Set<FeedListener>();
	#following: { readonly opened: Promise<void>; readonly ended: Promise<void> } | undefined;
	#token: unknown;

	constructor(database: MongoDatabase, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	async subscribe(listener: FeedListener) {
		this.#listeners.add(listener);
		this.#following ??= this.#follow();
		try {
			await this.#following.opened;
		} catch (error) {
			this.#listeners.delete(listener);
			throw translated(error, this.#database.hosts);
		}
		return {
			close: async () => {
				this.#listeners.delete(listener);
			},
		};
	}

	async close(): Promise<void> {
		this.#listeners.clear();
		await this.#following?.ended;
	}

	#follow() {
		this.#token = undefined;
		let opened = () => {};
		let failed: (error: unknown) => void = () => {};
		const opening = new Promise<void>((resolve, reject) => {
			opened = resolve;
			failed = reject;
		});
		return { opened: opening, ended: this.#followUntilUnused(opened).then(opened, failed) };
	}

	async #followUntilUnused(opened: () => void): Promise<void> {
		try {
			await this.#readStreams(opened);
		} finally {
			this.#following = undefined;
		}
	}

	/** Reads one stream after the other while anyone listens. Throws only when the first one cannot be opened. */
	async #readStreams(opened: () => void): Promise<void> {
		let first = true;
		while (this.#listeners.size > 0) {
			const cursor = this.#open();
			const opensAfresh = this.#token === undefined;
			let open = false;
			try {
				for (;;) {
					const at = this.#clock.monotonic();
					const event = await cursor.tryNext();
					if (!open) {
						open = true;
						if (opensAfresh && !first) this.#notify({ type: "everything" });
						first = false;
						opened();
					}
					if (this.#listeners.size === 0) break;
					this.#deliver(event, cursor);
					if (!this.#database.sharded) for (const listener of this.#listeners) listener.confirmed(at);
				}
			} catch (error) {
				if (first) throw error;
				// The server responds but cannot resume from the token: its log no longer reaches back that far.
				if (error instanceof MongoServerError || !isUnavailable(error)) this.#token = undefined;
				await pause(retryMs);
			} finally {
				await cursor.close().catch(() => {});
			}
		}
	}

	#open(): AggregationCursor<StreamEvent> {
		const from: Document = this.#token === undefined ? {} : { resumeAfter: this.#token };
		return this.#database.db.aggregate<StreamEvent>(
			[
				{ $changeStream: from },
				{
					$match: {
						$or: [{ "ns.coll": { $in: watchedCollections } }, { operationType: { $in: schemaEvents } }],
					},
				},
				{ $project: { operationType: 1, "ns.coll": 1, "documentKey._id": 1 } },
			],
			{ maxAwaitTimeMS: waitMs },
		);
	}

	/** Delivers one whole answer of the server: `event`, its first, and what came with it. */
	#deliver(event: StreamEvent | null, cursor: AggregationCursor<StreamEvent>): void {
		if (event === null) return;
		for (const each of [event, ...cursor.readBufferedDocuments()]) {
			this.#notify(changeOf(each));
			this.#token = each._id;
		}
	}

	#notify(change: Change): void {
		for (const listener of this.#listeners) listener.changed(change);
	}
}

function changeOf({ operationType, ns, documentKey }: StreamEvent): Change {
	const id = documentKey?._id;
	if (typeof id === "string" && !schemaEvents.includes(operationType)) {
		if (ns?.coll === "keys") return { type: "key", id };
		if (ns?.coll === "workspaces") return { type: "workspace", id };
		if (ns?.coll === "importedPrefixes") return { type: "imports" };
		if (ns?.coll === "places") return { type: "place", ...parsePlaceDocumentId(id) };
	}
	return { type: "everything" };
}
