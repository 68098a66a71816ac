import { isLaterPreviousUse, type KeyUsage, type LastUse, type QuotaUse } from "../model/usage.js";
import type { UsageStore } from "../store/store.js";

const hourMs = 3_600_000;

/** The most keys written in one transaction, so that the embedded database never blocks requests for long. */
const keysPerWrite = 500;

interface Gathered {
	readonly workspaceId: string | undefined;
	readonly hours: Map<number, { verified: number; refused: number }>;
	lastUse: LastUse | undefined;
	previousUse: { at: number; rotatedAt: number } | undefined;
	quota: { periodStart: number; used: number } | undefined;
}

/** An accepted request, as usage counts it. Times are milliseconds since the epoch. */
export interface AcceptedRequest {
	readonly at: number;
	readonly address: string;
	readonly placeId?: string;
	/** For a key with a quota: when the quota's current period started. */
	readonly quotaPeriodStart?: number;
	/** For a token that was rotated out: when that was. */
	readonly rotatedAt?: number;
}

/**
 * Use of keys, gathered in memory and written in batches: verifying never
 * waits for a write. Whatever a failed write did not store is kept for the next.
 */
export class UsageBuffer {
	#gathered = new Map<string, Gathered>();
	#writing: Promise<void> = Promise.resolve();
	readonly #store: UsageStore;
	readonly #quotaWritten: (keyId: string, written: QuotaUse, added: number) => void;

	/** `quotaWritten` is called for every quota counter written, with the total of all instances and what this write added. */
	constructor(store: UsageStore, quotaWritten: (keyId: string, written: QuotaUse, added: number) => void) {
		this.#store = store;
		this.#quotaWritten = quotaWritten;
	}

	/** Counts an accepted request. */
	accepted(
		key: { readonly id: string; readonly workspaceId?: string },
		{ at, address, placeId, quotaPeriodStart, rotatedAt }: AcceptedRequest,
	): void {
		const gathered = this.#gatheredOf(key.id, key.workspaceId);
		this.#countsOfHour(gathered, at).verified++;
		// The system clock may have been set back since.
		if (gathered.lastUse === undefined || at >= gathered.lastUse.at) {
			gathered.lastUse = { at, address, placeId };
		}
		if (rotatedAt !== undefined) advancePreviousUse(gathered, at, rotatedAt);
		if (quotaPeriodStart !== undefined) {
			if (gathered.quota?.periodStart !== quotaPeriodStart) {
				gathered.quota = { periodStart: quotaPeriodStart, used: 0 };
			}
			gathered.quota.used++;
		}
	}

	/** Counts a denied request: it is no use of the key, and does not count against the quota. */
	denied(key: { readonly id: string; readonly workspaceId?: string }, at: number): void {
		this.#countsOfHour(this.#gatheredOf(key.id, key.workspaceId), at).refused++;
	}

	/** Writes what was gathered, one write at a time. If it rejects, nothing is lost. */
	write(): Promise<void> {
		const write = this.#writing.catch(() => {}).then(() => this.#writeGathered());
		this.#writing = write;
		return write;
	}

	async #writeGathered(): Promise<void> {
		const gathered = this.#gathered;
		this.#gathered = new Map();
		try {
			while (gathered.size > 0) {
				const batch = firstEntries(gathered, keysPerWrite);
				const written = await this.#store.add(batch.map(([keyId, entry]) => usageOf(keyId, entry)));
				for (const [keyId, entry] of batch) {
					gathered.delete(keyId);
					const total = written.get(keyId);
					if (total !== undefined) this.#quotaWritten(keyId, total, entry.quota?.used ?? 0);
				}
				await new Promise((resolve) => setImmediate(resolve));
			}
		} finally {
			for (const [keyId, entry] of gathered) this.#restore(keyId, entry);
		}
	}

	#gatheredOf(keyId: string, workspaceId: string | undefined): Gathered {
		let gathered = this.#gathered.get(keyId);
		if (gathered === undefined) {
			gathered = {
				workspaceId,
				hours: new Map(),
				lastUse: undefined,
				previousUse: undefined,
				quota: undefined,
			};
			this.#gathered.set(keyId, gathered);
		}
		return gathered;
	}

	#countsOfHour(gathered: Gathered, now: number): { verified: number; refused: number } {
		const hour = now - (now % hourMs);
		let counts = gathered.hours.get(hour);
		if (counts === undefined) {
			counts = { verified: 0, refused: 0 };
			gathered.hours.set(hour, counts);
		}
		return counts;
	}

	/** Puts what could not be written back, added to what was gathered since. */
	#restore(keyId: string, old: Gathered): void {
		const current = this.#gatheredOf(keyId, old.workspaceId);
		for (const [hour, counts] of old.hours) {
			const sum = this.#countsOfHour(current, hour);
			sum.verified += counts.verified;
			sum.refused += counts.refused;
		}
		if ((old.lastUse?.at ?? 0) > (current.lastUse?.at ?? 0)) current.lastUse = old.lastUse;
		if (old.previousUse !== undefined)
			advancePreviousUse(current, old.previousUse.at, old.previousUse.rotatedAt);
		if (old.quota === undefined) return;
		if (current.quota === undefined) current.quota = old.quota;
		else if (current.quota.periodStart === old.quota.periodStart) current.quota.used += old.quota.used;
	}
}

function usageOf(keyId: string, gathered: Gathered): KeyUsage {
	return {
		keyId,
		workspaceId: gathered.workspaceId,
		hours: [...gathered.hours].map(([hour, counts]) => ({ hour, ...counts })),
		lastUse: gathered.lastUse && { ...gathered.lastUse, previous: gathered.previousUse },
		quota: gathered.quota,
	};
}

function firstEntries(gathered: ReadonlyMap<string, Gathered>, count: number): Array<[string, Gathered]> {
	const first: Array<[string, Gathered]> = [];
	for (const entry of gathered) {
		first.push(entry);
		if (first.length === count) break;
	}
	return first;
}

/** Moves the last use of a rotated-out token forward, in place because this is on the hot path. */
function advancePreviousUse(gathered: Gathered, at: number, rotatedAt: number): void {
	const known = gathered.previousUse;
	if (known === undefined) gathered.previousUse = { at, rotatedAt };
	else if (isLaterPreviousUse(known, at, rotatedAt)) {
		known.at = at;
		known.rotatedAt = rotatedAt;
	}
}
