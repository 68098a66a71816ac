import type { KeyUsage, LastUse, QuotaUse } from "../model/usage.js";
import type { UsageStore } from "../store/store.js";

const hourMs = 3_600_000;

/** Most keys written in one transaction, so that the embedded database never holds up calls for long. */
const keysPerWrite = 500;

interface Gathered {
	readonly workspaceId: string | undefined;
	readonly hours: Map<number, { verified: number; refused: number }>;
	lastUse: LastUse | undefined;
	previous: { at: number; rotatedAt: number } | undefined;
	quota: { periodStart: number; used: number } | undefined;
}

/**
 * Use of keys, gathered in memory and written in batches: verifying never
 * waits for a write. What a failed write did not store is kept for the next.
 */
export class UsageBuffer {
	#gathered = new Map<string, Gathered>();
	#writing: Promise<void> = Promise.resolve();
	readonly #store: UsageStore;
	readonly #quotaWritten: (keyId: string, written: QuotaUse, added: number) => void;

	/** `quotaWritten` hears of every quota counter written: the total of all instances, and what this write added. */
	constructor(store: UsageStore, quotaWritten: (keyId: string, written: QuotaUse, added: number) => void) {
		this.#store = store;
		this.#quotaWritten = quotaWritten;
	}

	/**
	 * Counts an accepted call at `now` (milliseconds since the epoch). `rotatedAt`:
	 * it was made with the token before the rotation at that moment.
	 */
	accepted(
		key: { readonly id: string; readonly workspaceId?: string },
		now: number,
		address: string,
		placeId?: string,
		quotaPeriodStart?: number,
		rotatedAt?: number,
	): void {
		const gathered = this.#of(key.id, key.workspaceId);
		this.#hour(gathered, now).verified++;
		// The machine's clock may have been set back since.
		if (gathered.lastUse === undefined || now >= gathered.lastUse.at) {
			gathered.lastUse = { at: now, address, placeId };
		}
		if (rotatedAt !== undefined) movePrevious(gathered, now, rotatedAt);
		if (quotaPeriodStart !== undefined) {
			if (gathered.quota?.periodStart !== quotaPeriodStart) {
				gathered.quota = { periodStart: quotaPeriodStart, used: 0 };
			}
			gathered.quota.used++;
		}
	}

	/** Counts a refused call: no use, no quota. */
	refused(key: { readonly id: string; readonly workspaceId?: string }, now: number): void {
		this.#hour(this.#of(key.id, key.workspaceId), now).refused++;
	}

	/** Writes what was gathered. Rejects when the store cannot; nothing is lost then. One write at a time. */
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
				const batch = firstOf(gathered, keysPerWrite);
				const written = await this.#store.add(batch.map(([keyId, entry]) => usageOf(keyId, entry)));
				for (const [keyId, entry] of batch) {
					gathered.delete(keyId);
					const total = written.get(keyId);
					if (total !== undefined) this.#quotaWritten(keyId, total, entry.quota?.used ?? 0);
				}
				await new Promise((resolve) => setImmediate(resolve));
			}
		} finally {
			for (const [keyId, entry] of gathered) this.#keep(keyId, entry);
		}
	}

	#of(keyId: string, workspaceId: string | undefined): Gathered {
		let gathered = this.#gathered.get(keyId);
		if (gathered === undefined) {
			gathered = { workspaceId, hours: new Map(), lastUse: undefined, previous: undefined, quota: undefined };
			this.#gathered.set(keyId, gathered);
		}
		return gathered;
	}

	#hour(gathered: Gathered, now: number): { verified: number; refused: number } {
		const hour = now - (now % hourMs);
		let counts = gathered.hours.get(hour);
		if (counts === undefined) {
			counts = { verified: 0, refused: 0 };
			gathered.hours.set(hour, counts);
		}
		return counts;
	}

	/** Adds what could not be written to what was gathered since. */
	#keep(keyId: string, old: Gathered): void {
		const current = this.#of(keyId, old.workspaceId);
		for (const [hour, counts] of old.hours) {
			const sum = this.#hour(current, hour);
			sum.verified += counts.verified;
			sum.refused += counts.refused;
		}
		if ((old.lastUse?.at ?? 0) > (current.lastUse?.at ?? 0)) current.lastUse = old.lastUse;
		if (old.previous !== undefined) movePrevious(current, old.previous.at, old.previous.rotatedAt);
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
		lastUse: gathered.lastUse && { ...gathered.lastUse, previous: gathered.previous },
		quota: gathered.quota,
	};
}

function firstOf(gathered: ReadonlyMap<string, Gathered>, count: number): Array<[string, Gathered]> {
	const first: Array<[string, Gathered]> = [];
	for (const entry of gathered) {
		first.push(entry);
		if (first.length === count) break;
	}
	return first;
}

/** Moves the last use of a rotated-out token forward, in place: this is on the way of a call. */
function movePrevious(gathered: Gathered, at: number, rotatedAt: number): void {
	const known = gathered.previous;
	if (known === undefined) gathered.previous = { at, rotatedAt };
	else if (rotatedAt > known.rotatedAt || (rotatedAt === known.rotatedAt && at > known.at)) {
		known.at = at;
		known.rotatedAt = rotatedAt;
	}
}
