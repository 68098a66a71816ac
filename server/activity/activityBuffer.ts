import type { ActivityMinute } from "../model/activity.js";
import { addLatency, emptyLatency, latencyBucket } from "../model/latency.js";
import { minuteOf } from "../model/spans.js";
import type { ActivityStore } from "../store/store.js";

/** Minutes kept in memory, of all workspaces together. */
const maxInMemory = 20_000;

/** The most minutes written in one transaction, so that the embedded database never blocks requests for long. */
const minutesPerWrite = 250;

interface Gathered {
	readonly minute: number;
	verified: number;
	refused: number;
	readonly latency: number[];
	lastAt: number;
}

/**
 * Activity of workspaces, gathered in memory by the minute and written in
 * batches. Counting a request allocates nothing, except for the first one of a
 * minute. Memory is bounded: without room for another minute, its requests are
 * missing from the activity, and only their number is counted.
 *
 * See docs/decisions/0025-activity-histograms.md
 */
export class ActivityBuffer {
	/** Minutes by workspace; the newest is last. */
	#gathered = new Map<string, Gathered[]>();
	#size = 0;
	#dropped = 0;
	#writing: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: Pick<ActivityStore, "add">) {}

	/** Counts a request that finished at `at` (milliseconds since the epoch) and took `ms` milliseconds. */
	count(workspaceId: string, verified: boolean, at: number, ms: number): void {
		const gathered = this.#minuteOf(workspaceId, minuteOf(at));
		if (gathered === undefined) {
			this.#dropped++;
			return;
		}
		if (verified) gathered.verified++;
		else gathered.refused++;
		const bucket = latencyBucket(ms);
		gathered.latency[bucket] = (gathered.latency[bucket] ?? 0) + 1;
		// The system clock may have been set back since.
		if (at > gathered.lastAt) gathered.lastAt = at;
	}

	/** Writes what was gathered. Returns how many requests had no room since the last time. If it rejects, nothing is lost. */
	write(): Promise<number> {
		const write = this.#writing.catch(() => {}).then(() => this.#writeGathered());
		this.#writing = write;
		return write;
	}

	/** What is gathered of a minute; undefined if there is no room. */
	#minuteOf(workspaceId: string, minute: number): Gathered | undefined {
		const minutes = this.#gathered.get(workspaceId);
		const last = minutes?.[minutes.length - 1];
		if (last?.minute === minute) return last;
		const earlier = minutes?.find((each) => each.minute === minute);
		if (earlier !== undefined) return earlier;
		if (this.#size >= maxInMemory) return undefined;
		const gathered: Gathered = { minute, verified: 0, refused: 0, latency: emptyLatency(), lastAt: 0 };
		this.#size++;
		if (minutes === undefined) this.#gathered.set(workspaceId, [gathered]);
		else minutes.push(gathered);
		return gathered;
	}

	async #writeGathered(): Promise<number> {
		const gathered = [...this.#gathered].flatMap(([workspaceId, minutes]) =>
			minutes.map((minute): ActivityMinute => ({ workspaceId, ...minute })),
		);
		const dropped = this.#dropped;
		this.#gathered = new Map();
		this.#size = 0;
		this.#dropped = 0;
		let written = 0;
		try {
			while (written < gathered.length) {
				const batch = gathered.slice(written, written + minutesPerWrite);
				await this.store.add(batch);
				written += batch.length;
			}
		} catch (error) {
			this.#dropped += dropped;
			throw error;
		} finally {
			for (const unwritten of gathered.slice(written)) this.#restore(unwritten);
		}
		return dropped;
	}

	/** Puts what could not be written back, added to what was gathered since. */
	#restore({ workspaceId, minute, verified, refused, latency, lastAt }: ActivityMinute): void {
		const sum = this.#minuteOf(workspaceId, minute);
		if (sum === undefined) {
			this.#dropped += verified + refused;
			return;
		}
		sum.verified += verified;
		sum.refused += refused;
		addLatency(sum.latency, latency);
		sum.lastAt = Math.max(sum.lastAt, lastAt);
	}
}
