import { setTimeout as pause } from "node:timers/promises";
import {
	type AggregationCursor,
	type ClientSession,
	type Document,
	MongoServerError,
	type Timestamp,
} from "mongodb";
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
	/** When the change was made, in the server's own count. The changes of a transaction share one. */
	readonly clusterTime?: Timestamp;
	readonly ns?: { readonly coll?: string };
	readonly documentKey?: { readonly _id?: unknown };
}

/**
 * Follows a change stream of the whole database. The stage is run as a plain
 * aggregation, not through the driver's `ChangeStream`, because that hides
 * where one response of the server ends and the next begins, and resumes
 * unseen.
 *
 * A response with events proves nothing about what is left: the server cuts it
 * at 101 events, at 16 MiB, or wherever it likes. Two things do. An empty
 * response: nothing older than its request is left. And an event that is newer
 * than the server's time in an earlier response: events come in order, so
 * nothing older than that earlier request is left. The second keeps a stream
 * that is never empty confirmed.
 *
 * A mongos holds events back until every shard has passed their time, so
 * there an answer proves nothing: changes are delivered, and never confirmed.
 *
 * See docs/decisions/0060-feed-confirms-on-proof.md
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
			const session = this.#database.client.startSession();
			const cursor = this.#open(session);
			const opensAfresh = this.#token === undefined;
			let open = false;
			let mark: Mark | undefined;
			try {
				for (;;) {
					const at = this.#clock.monotonic();
					const event = await cursor.tryNext();
					const isFirst = !open;
					if (!open) {
						open = true;
						if (opensAfresh && !first) this.#notify({ type: "everything" });
						first = false;
						opened();
					}
					if (this.#listeners.size === 0) break;
					const newest = this.#deliver(event, cursor);
					// The first response opens the cursor: the server may not have looked for events yet.
					if (event === null && !isFirst) this.#confirm(at);
					else if (mark !== undefined && newest?.greaterThan(mark.serverTime)) {
						this.#confirm(mark.at);
						mark = undefined;
					}
					const serverTime = session.operationTime;
					if (event !== null && mark === undefined && serverTime !== undefined) mark = { at, serverTime };
				}
			} catch (error) {
				if (first) throw error;
				// The server responds but cannot resume from the token: its log no longer reaches back that far.
				if (error instanceof MongoServerError || !isUnavailable(error)) this.#token = undefined;
				await pause(retryMs);
			} finally {
				await cursor.close().catch(() => {});
				await session.endSession().catch(() => {});
			}
		}
	}

	#open(session: ClientSession): AggregationCursor<StreamEvent> {
		const from: Document = this.#token === undefined ? {} : { resumeAfter: this.#token };
		return this.#database.db.aggregate<StreamEvent>(
			[
				{ $changeStream: from },
				{
					$match: {
						$or: [{ "ns.coll": { $in: watchedCollections } }, { operationType: { $in: schemaEvents } }],
					},
				},
				{ $project: { operationType: 1, clusterTime: 1, "ns.coll": 1, "documentKey._id": 1 } },
			],
			{ maxAwaitTimeMS: waitMs, session },
		);
	}

	/** Delivers one response of the server: `event`, its first, and the others. Returns when the last of them was made. */
	#deliver(event: StreamEvent | null, cursor: AggregationCursor<StreamEvent>): Timestamp | undefined {
		if (event === null) return undefined;
		let newest: Timestamp | undefined;
		for (const each of [event, ...cursor.readBufferedDocuments()]) {
			this.#notify(changeOf(each));
			this.#token = each._id;
			newest = each.clusterTime;
		}
		return newest;
	}

	/** Every change from before `at`, on the monotonic clock, has been delivered. */
	#confirm(at: number): void {
		if (this.#database.sharded) return;
		for (const listener of this.#listeners) listener.confirmed(at);
	}

	#notify(change: Change): void {
		for (const listener of this.#listeners) listener.changed(change);
	}
}

/** A request of the feed, and the server's time in the response to it. */
interface Mark {
	/** When the request was sent, on the monotonic clock. */
	readonly at: number;
	readonly serverTime: Timestamp;
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
