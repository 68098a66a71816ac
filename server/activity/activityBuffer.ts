import type { MinuteOfActivity } from "../model/activity.js";
import { addLatency, bucketOf, noLatency } from "../model/latency.js";
import { minuteOf } from "../model/spans.js";
import type { ActivityStore } from "../store/store.js";

/** Minutes held in memory, of all workspaces together. */
const mostInMemory = 20_000;

/** Most minutes written in one transaction, so that the embedded database never holds up calls for long. */
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
 * batches. Counting a call makes nothing new but for the first call of a minute.
 * What is held is bounded: when there is no room for another minute, its calls
 * are not in the activity, and only their number is kept.
 *
 * See docs/decisions/0025-activity-histograms.md
 */
export class ActivityBuffer {
	/** Minutes by workspace, the one counted in last at the end. */
	#gathered = new Map<string, Gathered[]>();
	#size = 0;
	#dropped = 0;
	#writing: Promise<unknown> = Promise.resolve();

	constructor(private readonly store: Pick<ActivityStore, "add">) {}

	/** Counts a call that was answered at `at` (milliseconds since the epoch) after `ms` milliseconds. */
	count(workspaceId: string, verified: boolean, at: number, ms: number): void {
		const gathered = this.#of(workspaceId, minuteOf(at));
		if (gathered === undefined) {
			this.#dropped++;
			return;
		}
		if (verified) gathered.verified++;
		else gathered.refused++;
		const bucket = bucketOf(ms);
		gathered.latency[bucket] = (gathered.latency[bucket] ?? 0) + 1;
		// The machine's clock may have been set back since.
		if (at > gathered.lastAt) gathered.lastAt = at;
	}

	/** Writes what was gathered; how many calls there was no room for since the last time. Nothing is lost when it rejects. */
	write(): Promise<number> {
		const write = this.#writing.catch(() => {}).then(() => this.#writeGathered());
		this.#writing = write;
		return write;
	}

	/** What is gathered of a minute; undefined when there is no room. */
	#of(workspaceId: string, minute: number): Gathered | undefined {
		const minutes = this.#gathered.get(workspaceId);
		const last = minutes?.[minutes.length - 1];
		if (last?.minute === minute) return last;
		const earlier = minutes?.find((each) => each.minute === minute);
		if (earlier !== undefined) return earlier;
		if (this.#size >= mostInMemory) return undefined;
		const gathered: Gathered = { minute, verified: 0, refused: 0, latency: noLatency(), lastAt: 0 };
		this.#size++;
		if (minutes === undefined) this.#gathered.set(workspaceId, [gathered]);
		else minutes.push(gathered);
		return gathered;
	}

	async #writeGathered(): Promise<number> {
		const gathered = [...this.#gathered].flatMap(([workspaceId, minutes]) =>
			minutes.map((minute): MinuteOfActivity => ({ workspaceId, ...minute })),
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
			for (const unwritten of gathered.slice(written)) this.#keep(unwritten);
		}
		return dropped;
	}

	/** Adds what could not be written to what was gathered since. */
	#keep({ workspaceId, minute, verified, refused, latency, lastAt }: MinuteOfActivity): void {
		const sum = this.#of(workspaceId, minute);
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
