import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { limits } from "../../shared/limits.js";
import { dayMs, dayOf, hourMs } from "../model/spans.js";
import type { Clock } from "../primitives/clock.js";
import { type Store, StoreUnavailable } from "../store/store.js";

/** The name of the lease that instances take for this work. */
const lease = "retention";

/** Records deleted in one transaction, and the pause after it, in which others can use the database. */
const recordsPerStep = 500;
const pauseMs = 20;

/** How far back to look for keys that were counted after they had been deleted. */
const orphansSinceMs = 2 * dayMs;

/** How long minutes of activity are kept. They are shown for an hour. */
const minutesKeptMs = dayMs;

/** How many records were deleted. */
export interface DeletedRecords {
	usage: number;
	orphans: number;
	activity: number;
	denials: number;
	idempotencyRecords: number;
	sessions: number;
	links: number;
}

/**
 * Deletes expired records once an hour, on one instance: usage counts, activity,
 * denials, stored idempotent responses, ended sessions and one-time links, and
 * counts of keys that had just been deleted. The audit log is kept forever.
 *
 * The lease is not released when the work is done: it lasts an hour, which keeps
 * other instances from repeating the work. After a failure it is released, so
 * that the next instance tries again. Doing the work twice is harmless.
 *
 * See docs/decisions/0028-retention-lease.md
 */
export class Retention {
	readonly #holder = randomUUID();
	readonly #stopping = new AbortController();
	#running: Promise<unknown> = Promise.resolve();
	/** When this instance last did the work, milliseconds since the epoch. */
	#doneAt: number | undefined;

	constructor(
		private readonly parts: { readonly store: Store; readonly clock: Clock; readonly logger: Logger },
	) {}

	/** Does the work unless it was done in the last hour or another instance has the lease. Returns what was deleted. */
	run(): Promise<DeletedRecords | undefined> {
		const run = this.#running.catch(() => {}).then(() => this.#runOnce());
		this.#running = run;
		return run;
	}

	/** Starts nothing more, and resolves when the current step is done. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#running.catch(() => {});
	}

	async #runOnce(): Promise<DeletedRecords | undefined> {
		const { store, clock, logger } = this.parts;
		const now = clock.now();
		// A clock that was set back must not prevent the work.
		const done = this.#doneAt !== undefined && now >= this.#doneAt && now < this.#doneAt + hourMs;
		if (done || this.#stopping.signal.aborted || !(await this.#extendLease(now))) return undefined;
		try {
			const deleted = await this.#deleteExpired(now);
			this.#doneAt = now;
			if (Object.values(deleted).some((count) => count > 0))
				logger.info(deleted, "retention cleanup deleted records");
			return deleted;
		} catch (error) {
			await store.leases.release(lease, this.#holder).catch((second) => {
				if (!(second instanceof StoreUnavailable)) throw second;
			});
			throw error;
		}
	}

	#extendLease(now: number): Promise<boolean> {
		return this.parts.store.leases.acquire(lease, this.#holder, now, now + hourMs);
	}

	async #deleteExpired(now: number): Promise<DeletedRecords> {
		const { usage, activity, denials, idempotency, sessions, oneTimeLinks } = this.parts.store;
		const unusedSince = now - limits.sessionIdleSeconds * 1000;
		const oldest = dayOf(now) - limits.usageDays * dayMs;
		return {
			usage: await this.#repeat(() => usage.deleteBefore(oldest, recordsPerStep)),
			orphans: await this.#deleteOrphans(now - orphansSinceMs),
			activity: await this.#repeat(() =>
				activity.deleteBefore({ minutes: now - minutesKeptMs, hours: oldest }, recordsPerStep),
			),
			denials: await this.#repeat(() => denials.deleteBefore(oldest, recordsPerStep)),
			idempotencyRecords: await this.#repeat(() => idempotency.deleteExpired(now, recordsPerStep)),
			sessions: await this.#repeat(() => sessions.deleteEnded(now, unusedSince, recordsPerStep)),
			links: await this.#repeat(() => oneTimeLinks.deleteExpired(now, recordsPerStep)),
		};
	}

	async #repeat(step: () => Promise<number>): Promise<number> {
		let sum = 0;
		while (!this.#stopping.signal.aborted) {
			const deleted = await step();
			sum += deleted;
			if (deleted === 0) break;
			await this.#pause();
		}
		return sum;
	}

	async #deleteOrphans(since: number): Promise<number> {
		let sum = 0;
		let after: string | undefined;
		while (!this.#stopping.signal.aborted) {
			const { deleted, next } = await this.parts.store.usage.deleteOrphans(since, after);
			sum += deleted;
			if (next === undefined) break;
			after = next;
			await this.#pause();
		}
		return sum;
	}

	/** Lets others use the database, and extends the lease because the work continues. */
	async #pause(): Promise<void> {
		await sleep(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
		if (!this.#stopping.signal.aborted) await this.#extendLease(this.parts.clock.now());
	}
}
