import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { limits } from "../../shared/limits.js";
import { dayMs, dayOf, hourMs } from "../model/spans.js";
import type { Clock } from "../primitives/clock.js";
import { type Store, StoreUnavailable } from "../store/store.js";

/** The name of the turn instances take at this work. */
const turn = "retention";

/** Records deleted in one transaction, and how long others then have the database to themselves. */
const recordsPerStep = 500;
const pauseMs = 20;

/** How far back keys are looked at that were counted after they had been deleted. */
const orphansSinceMs = 2 * dayMs;

/** How long minutes of activity are kept; they are shown for an hour. */
const minutesKeptMs = dayMs;

/** What was deleted. */
export interface Tidied {
	usage: number;
	orphans: number;
	activity: number;
	denials: number;
	idempotency: number;
	sessions: number;
	links: number;
}

/**
 * Forgets what is kept for a time only, once an hour, on one instance: counts
 * and refusals past their days, answers to repeated calls past theirs, sessions
 * and one-time links that have ended, and what was counted of keys that had
 * just been deleted. The audit is kept for good.
 *
 * The turn is not given back when the work is done: that it lasts an hour is
 * what makes the others leave the work alone. After a failure it is given back,
 * so that the next to ask tries again. Doing the work twice does no harm.
 *
 * See docs/decisions/0028-retention-lease.md
 */
export class Retention {
	readonly #holder = randomUUID();
	readonly #stopping = new AbortController();
	#running: Promise<unknown> = Promise.resolve();
	/** When this instance last took the turn, milliseconds since the epoch. */
	#tookAt: number | undefined;

	constructor(
		private readonly parts: { readonly store: Store; readonly clock: Clock; readonly logger: Logger },
	) {}

	/** Does the hour's work, unless it is done or another instance has the turn; what was deleted. */
	run(): Promise<Tidied | undefined> {
		const run = this.#running.catch(() => {}).then(() => this.#take());
		this.#running = run;
		return run;
	}

	/** Begins nothing more, and resolves when the step under way is done. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#running.catch(() => {});
	}

	async #take(): Promise<Tidied | undefined> {
		const { store, clock, logger } = this.parts;
		const now = clock.now();
		// A clock that was set back must not keep the work from being done.
		const done = this.#tookAt !== undefined && now >= this.#tookAt && now < this.#tookAt + hourMs;
		if (done || this.#stopping.signal.aborted || !(await this.#extend(now))) return undefined;
		try {
			const tidied = await this.#tidy(now);
			this.#tookAt = now;
			if (Object.values(tidied).some((count) => count > 0))
				logger.info(tidied, "forgot what was kept long enough");
			return tidied;
		} catch (error) {
			await store.leases.release(turn, this.#holder).catch((second) => {
				if (!(second instanceof StoreUnavailable)) throw second;
			});
			throw error;
		}
	}

	#extend(now: number): Promise<boolean> {
		return this.parts.store.leases.take(turn, this.#holder, now, now + hourMs);
	}

	async #tidy(now: number): Promise<Tidied> {
		const { usage, activity, denials, idempotency, sessions, oneTimeLinks } = this.parts.store;
		const unusedSince = now - limits.sessionIdleSeconds * 1000;
		const oldest = dayOf(now) - limits.usageDays * dayMs;
		return {
			usage: await this.#untilNone(() => usage.dropBefore(oldest, recordsPerStep)),
			orphans: await this.#dropOrphans(now - orphansSinceMs),
			activity: await this.#untilNone(() =>
				activity.dropBefore({ minutes: now - minutesKeptMs, hours: oldest }, recordsPerStep),
			),
			denials: await this.#untilNone(() => denials.dropBefore(oldest, recordsPerStep)),
			idempotency: await this.#untilNone(() => idempotency.dropExpired(now, recordsPerStep)),
			sessions: await this.#untilNone(() => sessions.dropEnded(now, unusedSince, recordsPerStep)),
			links: await this.#untilNone(() => oneTimeLinks.dropExpired(now, recordsPerStep)),
		};
	}

	async #untilNone(step: () => Promise<number>): Promise<number> {
		let sum = 0;
		while (!this.#stopping.signal.aborted) {
			const dropped = await step();
			sum += dropped;
			if (dropped === 0) break;
			await this.#breathe();
		}
		return sum;
	}

	async #dropOrphans(since: number): Promise<number> {
		let sum = 0;
		let after: string | undefined;
		while (!this.#stopping.signal.aborted) {
			const { dropped, next } = await this.parts.store.usage.dropOrphans(since, after);
			sum += dropped;
			if (next === undefined) break;
			after = next;
			await this.#breathe();
		}
		return sum;
	}

	/** Lets others at the database, and tells them that the work goes on. */
	async #breathe(): Promise<void> {
		await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
		if (!this.#stopping.signal.aborted) await this.#extend(this.parts.clock.now());
	}
}
